using System.Runtime.CompilerServices;

namespace Aios.Tests.Running;

/// <summary>A test of what only Linux has.</summary>
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = OperatingSystem.IsLinux() ? null : "needs Linux";
}
