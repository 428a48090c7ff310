using System.Diagnostics;

namespace Aios.Tests.Store.Contract;

/// <inheritdoc />
public sealed class SqliteFixture : IStoreFixture
{
    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc />
    public string Address => _folder.File("orchestrator.db");

    /// <inheritdoc />
    public void DieHalfWay() => DieHalfWay(Address);

    /// <summary>As above, with any database: it leaves a hot journal.</summary>
    public static void DieHalfWay(string path)
    {
        using var process = Process.Start(
            new ProcessStartInfo("sqlite3", [path]) { RedirectStandardInput = true, RedirectStandardOutput = true }
        )!;
        // A cache of one page writes to the file before the commit, so that a journal is left.
        process.StandardInput.WriteLine("PRAGMA cache_size = 1; BEGIN IMMEDIATE; DELETE FROM triggers; SELECT count(*) FROM triggers;");
        process.StandardInput.Flush();
        Assert.Equal("0", process.StandardOutput.ReadLine());
        process.Kill();
        process.WaitForExit();
    }

    /// <inheritdoc />
    public void InsertTrigger(string jobName, string? status = null)
    {
        using var sql = new Sql(Address);
        if (status is null)
            sql.Trigger(jobName);
        else
            sql.Do("INSERT INTO triggers (job_name, args, kwargs, created, status) VALUES (?1, '[]', '{}', 1.0, ?2)", jobName, status);
    }

    /// <inheritdoc />
    public void Dispose() => _folder.Dispose();
}
