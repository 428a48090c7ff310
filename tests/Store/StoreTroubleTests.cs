using Aios.Store;
using Aios.Tests.BlackBox;
using SQLitePCL;

namespace Aios.Tests.Store;

/// <summary>What an error of SQLite is called.</summary>
public sealed class StoreTroubleTests
{
    [RequiresTheory(Need.Mount)]
    [InlineData(raw.SQLITE_IOERR)]
    [InlineData(raw.SQLITE_IOERR_WRITE)]
    [InlineData(raw.SQLITE_IOERR_DELETE)]
    [InlineData(raw.SQLITE_READONLY)]
    public void An_error_of_a_file_that_may_not_be_written_is_called_so(int code)
    {
        var folder = Directory.CreateTempSubdirectory("aios-readonly-").FullName;
        Assert.True(Needs.Mount(folder, "64k"));
        try
        {
            var path = Path.Combine(folder, "orchestrator.db");
            File.WriteAllText(path, "");
            Assert.True(Needs.Succeeds("mount", "-o", "remount,ro", folder));
            Assert.Equal($"{path} is read-only; waiting until it may be written (check its permissions and those of its folder).", StoreTrouble.Explain(code, path));
            Assert.Equal($"{path} is read-only. Check its permissions and those of its folder.", StoreTrouble.GaveUp(code, path));
        }
        finally
        {
            Needs.Unmount(folder);
            Directory.Delete(folder);
        }
    }

    [Theory]
    [InlineData("there")]
    [InlineData("gone")]
    [InlineData("no/such/folder")]
    public void An_error_of_the_disk_stays_one(string name)
    {
        var folder = Directory.CreateTempSubdirectory("aios-disk-").FullName;
        File.WriteAllText(Path.Combine(folder, "there"), "");
        var path = Path.Combine(folder, name);
        Assert.StartsWith($"The disk that holds {path} answered with an error", StoreTrouble.Explain(raw.SQLITE_IOERR_READ, path), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
