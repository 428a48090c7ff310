using System.Diagnostics;
using Aios.Store;
using Aios.Store.Audit;
using Aios.Store.Sqlite;
using Aios.Store.Sqlite.Reading;
using Aios.Store.Sqlite.Tables;
using Aios.Tests.BlackBox;
using Aios.Tests.Docs;
using Microsoft.Data.Sqlite;

namespace Aios.Tests.Store;

/// <summary>The chain of the audit, and what somebody may do to it who may write the file.</summary>
public sealed class AuditTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, 123, 456, TimeSpan.Zero);
    private static readonly Actor Ada = new("user ada", "cli on laptop");

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStoreConnection _queue;
    private readonly AuditHeadFile _file;
    private readonly Sql _sql;

    public AuditTests()
    {
        Path = _folder.File("orchestrator.db");
        _queue = SqliteStoreConnection.Open(Path);
        _file = new AuditHeadFile(Path);
        _sql = new Sql(Path);
        for (var i = 1; i <= 9; i++)
            Append($"ü{i}");
    }

    private string Path { get; }

    [Fact]
    public void Rows_are_chained_and_the_end_is_known_outside()
    {
        Assert.Equal(10, _sql.Scalar<long>("SELECT max(id) FROM audit"));
        Assert.Equal(["audit.begin", "job.pause"], _sql.Column("SELECT DISTINCT action FROM audit ORDER BY action"));
        Assert.Equal(10, Verify().Rows);
        Assert.Empty(Verify().Findings);
        Assert.Equal(Verify().Head, _file.Read()!.Head);
        Assert.Equal(_queue.Write(queue => queue.Config.DatabaseId()), _file.Read()!.DatabaseId);
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'user eve' WHERE id = 3")]
    [InlineData("UPDATE audit SET id = 99 WHERE id = 10")]
    [InlineData("DELETE FROM audit WHERE id = 10")]
    [InlineData("DELETE FROM audit")]
    [InlineData(
        "INSERT OR REPLACE INTO audit SELECT id, at, 'user eve', origin, action, job_name, subject, before, after, hash FROM audit "
            + "WHERE id = 3"
    )]
    [InlineData("INSERT INTO audit SELECT 12, at, actor, origin, action, job_name, subject, before, after, hash FROM audit WHERE id = 3")]
    [InlineData("INSERT INTO audit SELECT -1, at, actor, origin, action, job_name, subject, before, after, hash FROM audit WHERE id = 3")]
    public void Sqlite_itself_refuses_to_change_them(string sql)
    {
        Assert.Contains("the audit can", Assert.Throws<SqliteException>(() => _sql.Do(sql)).Message, StringComparison.Ordinal);
        Assert.Empty(Verify().Findings);
    }

    [Fact]
    public void What_is_not_committed_is_not_in_it_and_does_not_move_the_end()
    {
        var before = _file.Read();
        Assert.Throws<InvalidOperationException>(() =>
            _queue.Write<bool>(queue =>
            {
                queue.Audit.Append(Entry("never"));
                throw new InvalidOperationException();
            })
        );

        Assert.Equal(before, _file.Read());
        Append("after all");
        Assert.Empty(Verify().Findings);
        Assert.Equal(11, Verify().Rows);
    }

    [Theory]
    [InlineData("at = at + 0.001")]
    [InlineData("actor = 'user eve'")]
    [InlineData("origin = ''")]
    [InlineData("action = 'job.resume'")]
    [InlineData("job_name = NULL")]
    [InlineData("job_name = ''")]
    [InlineData("subject = job_name, job_name = subject")]
    [InlineData("before = after, after = before")]
    [InlineData("after = after || ' '")]
    [InlineData("after = 'not JSON'")]
    [InlineData("at = 'yesterday'")]
    [InlineData("hash = upper(hash)")]
    public void An_altered_row_is_found(string change)
    {
        Attack($"UPDATE audit SET {change} WHERE id = 4");

        Assert.Contains(Verify().Findings, finding => finding.StartsWith("row 4 was altered", StringComparison.Ordinal));
    }

    [Fact]
    public void Removed_rows_are_found()
    {
        Attack("DELETE FROM audit WHERE id IN (3, 6, 7)");

        Assert.Equal(["row 3 was removed", "rows 6 to 7 were removed"], Verify().Findings.Take(2));
    }

    [Fact]
    public void Removed_rows_whose_gap_was_closed_are_found()
    {
        Attack("DELETE FROM audit WHERE id = 3", "UPDATE audit SET id = id - 1 WHERE id > 3");

        Assert.Contains(Verify().Findings, finding =>
            finding.StartsWith("row 3 was altered, or does not follow", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Rows_that_were_removed_from_the_beginning_are_found()
    {
        Attack("DELETE FROM audit WHERE id < 5");

        Assert.Contains("rows 1 to 4 were removed", Verify().Findings);
    }

    [Fact]
    public void A_cut_end_is_found_also_when_the_table_has_grown_on()
    {
        var kept = Verify().Head;
        Attack("DELETE FROM audit WHERE id > 7");
        Assert.Contains("the end was cut off", Assert.Single(Verify().Findings), StringComparison.Ordinal);

        for (var i = 0; i < 9; i++)
            Append("later");

        Assert.Contains("continued", Assert.Single(Verify().Findings), StringComparison.Ordinal);
        Assert.Contains("audit verify", _queue.Write(queue => queue.Audit.Trouble), StringComparison.Ordinal);
        Assert.Equal(2, new AuditVerifier(Reader(), _file, kept).Verify().Findings.Count);
    }

    [Fact]
    public void A_chain_that_was_written_anew_is_found()
    {
        Rewrite();

        Assert.Contains("rewritten", Assert.Single(Verify().Findings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_that_was_written_anew_together_with_the_file_is_found_by_an_end_that_was_kept_elsewhere()
    {
        var kept = Verify().Head;
        Rewrite();
        _file.Set(_queue.Write(queue => queue.Audit.Head()), _queue.Write(queue => queue.Config.DatabaseId()), Now);

        Assert.Empty(Verify().Findings);
        Assert.Contains(
            "the given end",
            Assert.Single(new AuditVerifier(Reader(), _file, kept).Verify().Findings),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void That_the_file_or_a_guard_is_gone_is_found()
    {
        File.Delete(_file.Path);
        _sql.Do("DROP TRIGGER audit_is_not_altered");

        Assert.Equal(2, Verify().Findings.Count);
    }

    [Fact]
    public void Another_database_in_its_place_is_found_but_a_new_one_says_so_itself()
    {
        using var other = new TemporaryFolder();
        using (var foreign = SqliteStoreConnection.Open(other.File("orchestrator.db")))
            foreign.Write(queue => Append(queue, "elsewhere"));
        Directory.CreateDirectory(other.File(".aios"));
        File.Copy(_file.Path, new AuditHeadFile(other.File("orchestrator.db")).Path, overwrite: true);
        using (var reader = SqliteStoreReader.Open(other.File("orchestrator.db"))!)
        {
            Assert.Contains(
                "another database was put in its place",
                Assert.Single(new AuditVerifier(reader, new AuditHeadFile(other.File("orchestrator.db"))).Verify().Findings),
                StringComparison.Ordinal
            );
        }

        File.Delete(other.File("orchestrator.db"));
        using (var fresh = SqliteStoreConnection.Open(other.File("orchestrator.db")))
            fresh.Write(queue => Append(queue, "anew"));
        using var again = SqliteStoreReader.Open(other.File("orchestrator.db"))!;
        Assert.Empty(new AuditVerifier(again, new AuditHeadFile(other.File("orchestrator.db"))).Verify().Findings);
        Assert.Contains("\"audit_row\":10", again.AuditRows(0, 1)[0].Entry.BeforeJson, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_that_write_at_once_make_one_chain()
    {
        var threads = Enumerable
            .Range(0, 4)
            .Select(number => new Thread(() =>
            {
                using var connection = SqliteStoreConnection.Open(Path);
                for (var i = 0; i < 50; i++)
                    connection.Write(queue => Append(queue, $"{number}-{i}"));
            }))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(210, Verify().Rows);
        Assert.Empty(Verify().Findings);
        Assert.Equal(Verify().Head, _file.Read()!.Head);
    }

    [Fact]
    public void Rows_are_found_by_what_they_concern()
    {
        _queue.Write(queue =>
        {
            queue.Audit.Append(
                Entry("x") with
                {
                    JobName = null,
                    Action = "list.change",
                    BeforeJson = """{"jobs":{"gone":{}}}""",
                    AfterJson = """{"jobs":{"made":{}}}""",
                }
            );
            queue.Audit.Append(
                Entry("y") with
                {
                    JobName = null,
                    Action = "key.add",
                    AfterJson = "7",
                    By = new Actor("key deploy", "api 10.0.0.7"),
                }
            );
            return true;
        });

        Assert.Equal([11], Ids(new RowFilter { JobName = "gone" }));
        Assert.Equal([11], Ids(new RowFilter { JobName = "made" }));
        Assert.Equal([4], Ids(new RowFilter { JobName = "ü3" }));
        Assert.Equal([12], Ids(new RowFilter { Actor = "deploy" }));
        Assert.Equal([12], Ids(new RowFilter { Action = "key" }));
        Assert.Equal([12], Ids(new RowFilter { Action = "key.add" }));
        Assert.Empty(Ids(new RowFilter { Action = "ke" }));
        Assert.Empty(Ids(new RowFilter { Since = Now.AddDays(1) }));
        Assert.Equal(12, Ids(new RowFilter { Since = Now }).Count);
    }

    [RequiresFact(Need.Python)]
    public void The_page_about_it_tells_how_to_check_the_chain_without_AIOS()
    {
        var script = _folder.File("check.py");
        File.WriteAllText(script, Assert.Single(Documents.Blocks("docs/audit.md", "python")).Text);
        Assert.Equal($"ends with {Verify().Head}\n", Python(script));
        Attack("UPDATE audit SET actor = 'user eve' WHERE id = 4");

        Assert.StartsWith("row 4 is not as it was written", Python(script), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_about_it_names_each_action()
    {
        var page = Documents.Read("docs/audit.md");
        var actions = typeof(AuditActions).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();
        Assert.NotEmpty(actions);
        Assert.All(actions, action => Assert.Contains($"`{action}`", page, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _sql.Dispose();
        _queue.Dispose();
        _folder.Dispose();
    }

    private static AuditEntry Entry(string job) =>
        new(Now, Ada, AuditActions.JobPause) { JobName = job, AfterJson = """{"held":"paused"}""" };

    private static bool Append(IStoreTransaction queue, string job)
    {
        queue.Audit.Append(Entry(job));
        return true;
    }

    private void Append(string job) => _queue.Write(queue => Append(queue, job));

    private SqliteStoreReader Reader() => SqliteStoreReader.Open(Path)!;

    private AuditVerdict Verify()
    {
        using var reader = Reader();
        return new AuditVerifier(reader, _file).Verify();
    }

    private IReadOnlyList<long> Ids(RowFilter filter)
    {
        using var reader = Reader();
        return [.. reader.AuditPage(filter, null, 100).Items.Select(row => row.Id)];
    }

    // Puts the guards back, so that nothing but the rows shows what was done.
    private void Attack(params string[] statements)
    {
        foreach (var (name, _) in AuditTable.Guards)
            _sql.Do($"DROP TRIGGER {name}");
        foreach (var statement in statements)
            _sql.Do(statement);
        foreach (var (_, guard) in AuditTable.Guards)
            _sql.Do(guard);
    }

    private void Rewrite()
    {
        using var reader = Reader();
        var hash = "";
        var statements = new List<string>();
        foreach (var row in reader.AuditRows(0, 100))
        {
            var entry = row.Entry with { By = new Actor("user nobody", "cli on laptop") };
            hash = AuditChain.Hash(hash, row.Id, row.Seconds, entry);
            statements.Add($"UPDATE audit SET actor = 'user nobody', origin = 'cli on laptop', hash = '{hash}' WHERE id = {row.Id}");
        }

        Attack([.. statements]);
    }

    private string Python(string script)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", [script, Path]) { RedirectStandardOutput = true })!;
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        return output;
    }
}
