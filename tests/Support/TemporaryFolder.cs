namespace Aios.Tests.Support;

/// <summary>A folder of its own for a test, removed at its end.</summary>
internal sealed class TemporaryFolder(string prefix = "aios-test-") : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory(prefix).FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
