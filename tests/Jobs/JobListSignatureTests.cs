using Aios.Jobs;
using Aios.Tests.Support;

namespace Aios.Tests.Jobs;

/// <summary>What a daemon asks each second says the same as a reading of the whole folder.</summary>
public sealed class JobListSignatureTests : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly JobListSignature _signature;

    public JobListSignatureTests()
    {
        Directory.CreateDirectory(Jobs);
        _signature = new JobListSignature(Jobs);
    }

    private string Jobs => Path.Combine(_home.Path, "Jobs");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void It_follows_each_change_of_the_folder()
    {
        AssertSame();
        Write("a.yaml", "[]");
        AssertSame();
        Write("a.yaml", "[ ]");
        AssertSame();
        File.SetLastWriteTimeUtc(In("a.yaml"), DateTime.UnixEpoch.AddTicks(10));
        AssertSame();
        Write("notes.txt", "x");
        AssertSame();
        File.Move(In("a.yaml"), In("b.yaml"));
        AssertSame();
        File.CreateSymbolicLink(In("c.yaml"), In("b.yaml"));
        AssertSame();
        File.Delete(In("b.yaml"));
        AssertSame();
        Directory.CreateDirectory(In("b.yaml"));
        AssertSame();
        Directory.Delete(Jobs, recursive: true);
        AssertSame();
        Directory.CreateDirectory(Jobs);
        Write("d.yaml", "[]");
        AssertSame();
    }

    [Fact]
    public void It_follows_each_change_of_a_folder_with_very_many_names()
    {
        for (var number = 0; number < 1000; number++)
            Write($"{number:0000}-with-a-rather-long-name.yaml", "[]");
        AssertSame();
        File.Delete(In("0999-with-a-rather-long-name.yaml"));
        AssertSame();
        Write("0001-with-a-rather-long-name.yaml", "[ ]");
        AssertSame();
    }

    private void AssertSame()
    {
        var expected = JobListFiles.Signature(Jobs);
        Assert.Equal(expected, _signature.Read());
        // From what it remembers, too.
        Assert.Equal(expected, _signature.Read());
    }

    private void Write(string name, string text) => File.WriteAllText(In(name), text);

    private string In(string name) => Path.Combine(Jobs, name);
}
