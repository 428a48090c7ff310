using System.Runtime.CompilerServices;

namespace Aios.Tests.Running;

/// <summary>A test of what only Linux has.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = OperatingSystem.IsLinux() ? null : "needs Linux";
}
