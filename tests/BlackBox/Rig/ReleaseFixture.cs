using System.Diagnostics;
using Aios.Tests.Docs;

namespace Aios.Tests.BlackBox;

/// <summary>A release of the published executable, made once by release/build.</summary>
public sealed class ReleaseFixture : IDisposable
{
    private readonly Lazy<string> _folder = new(Make);

    /// <summary>The folder that holds it.</summary>
    public string Folder => _folder.Value;

    /// <summary>A file of it.</summary>
    public string File(string name) => Path.Combine(Folder, name);

    /// <inheritdoc />
    public void Dispose()
    {
        if (_folder.IsValueCreated)
            Directory.Delete(Folder, recursive: true);
    }

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("aios-release-").FullName;
        var start = new ProcessStartInfo(Path.Combine(Documents.Root, "release", "build"), [folder, "x64"])
        {
            Environment = { ["AIOS_PUBLISHED"] = AiosProcess.Executable },
        };
        var made = CliResult.Of(start, TimeSpan.FromMinutes(4));
        Assert.True(made.Status == 0, $"{made.Out}\n{made.Error}");
        return folder;
    }
}
