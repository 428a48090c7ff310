using Aios.Store;
using Aios.Store.Sqlite;
using Aios.Store.Sqlite.Driver;
using Aios.Tests.BlackBox;
using Aios.Tests.Running;
using SQLitePCL;

namespace Aios.Tests.Store;

/// <summary>What an error of SQLite is called.</summary>
public sealed class StoreTroubleTests
{
    static StoreTroubleTests() => SqliteLibrary.Use();

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
            Assert.Equal(
                $"{path} is read-only; waiting until it may be written (check its permissions and those of its folder).",
                SqliteTrouble.Explain(code, path)
            );
            Assert.Equal($"{path} is read-only. Check its permissions and those of its folder.", SqliteTrouble.GaveUp(code, path));
        }
        finally
        {
            Needs.Unmount(folder);
            Directory.Delete(folder);
        }
    }

    [LinuxTheory]
    [InlineData("-journal", true)]
    [InlineData("-journal", false)]
    [InlineData("-wal", true)]
    [InlineData("-shm", true)]
    public void What_was_put_where_the_journal_belongs_is_named(string ending, bool asLink)
    {
        var folder = Directory.CreateTempSubdirectory("aios-planted-");
        try
        {
            var path = Path.Combine(folder.FullName, "orchestrator.db");
            using (SqliteStoreConnection.Open(path, ending == "-journal" ? JournalMode.Rollback : JournalMode.Wal)) { }

            File.Delete(path + ending);
            if (asLink)
                File.CreateSymbolicLink(path + ending, "/etc/passwd");
            else
                Directory.CreateDirectory(path + ending);
            var error = Assert.Throws<StoreException>(() =>
            {
                using var connection = SqliteStoreConnection.Open(path);
                connection.Write(queue =>
                {
                    queue.State.Set("job", "key", "1", DateTimeOffset.UnixEpoch);
                    return 0;
                });
            });
            Assert.Equal(
                $"{path}{ending} is {(asLink ? "a link" : "a folder")}, and SQLite keeps its journal in a file of that name. Find out who "
                    + $"made it, and remove it.",
                error.Message
            );
        }
        finally
        {
            folder.Delete(recursive: true);
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
        Assert.StartsWith(
            $"The disk that holds {path} answered with an error",
            SqliteTrouble.Explain(raw.SQLITE_IOERR_READ, path),
            StringComparison.Ordinal
        );
        Directory.Delete(folder, recursive: true);
    }
}
