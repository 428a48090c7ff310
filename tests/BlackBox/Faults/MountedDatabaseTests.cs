namespace Aios.Tests.BlackBox;

/// <summary>A database file that is mounted alone, as containers are given one, and AIOS started as root.</summary>
public sealed class MountedDatabaseTests : IDisposable
{
    private const string Jobs = "[{name: work, type: trigger, command: [sh, -c, 'id -u']}]";

    // The table of mounts writes a blank in a way of its own.
    private readonly AiosHome _home = new(Jobs, Directory.CreateTempSubdirectory("aios test ").FullName);
    private readonly string _outside = Directory.CreateTempSubdirectory("aios-outside-").FullName;

    [RequiresFact(Need.Mount)]
    public void It_works_and_says_at_the_start_what_such_a_mount_can_cost()
    {
        Mount();
        var daemon = _home.Start();
        daemon.WaitForOutput("mounted as a file of its own");
        Assert.Equal("succeeded", _home.Closed(_home.Insert("work")).Status);
        Assert.Equal(0, daemon.Stop());
        Assert.False(File.Exists(_home.Database + "-journal"));
        Assert.Contains("its journal lies elsewhere", _home.Cli("doctor").Exits(0).Out, StringComparison.Ordinal);
    }

    [RequiresFact(Need.Mount)]
    public void A_write_ahead_log_is_refused_because_it_would_stay_outside()
    {
        Mount();
        var asked = _home.Launch([], "--journal", "wal");
        Assert.Equal(1, asked.WaitForExit());
        asked.WaitForOutput("cannot have a write-ahead log");
        Unmount();

        File.Delete(Outside);
        File.Delete(_home.Database);
        Assert.Equal(0, _home.Start([], "--journal", "wal").Stop());
        File.Move(_home.Database, Outside);
        Mount();
        Assert.Equal(1, _home.Launch([]).WaitForExit());
        Assert.Contains("PRAGMA journal_mode = DELETE", _home.Cli("trigger", "work").Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("\"problem\"", _home.Cli("doctor", "--json").Exits(1).Out, StringComparison.Ordinal);
    }

    [RequiresFact(Need.Mount)]
    public void One_that_was_torn_is_not_worked_on()
    {
        _home.Drain();
        _home.InsertMany("work", 3000);
        // As a daemon leaves it that was killed in the middle of a commit: it never said goodbye, and pages do not fit together.
        _home.Execute("UPDATE devices SET status = 'online'");
        File.Move(_home.Database, Outside);
        using (var file = File.OpenWrite(Outside))
        {
            // Not where a start reads.
            file.Position = file.Length - 32_768;
            file.Write(new byte[32_768]);
        }

        Mount();
        var daemon = _home.Launch([]);
        Assert.Equal(1, daemon.WaitForExit());
        daemon.WaitForOutput("is damaged");
        daemon.WaitForOutput("was lost with a killed container");
    }

    [RequiresFact(Need.Mount)]
    public void Started_as_root_it_becomes_the_owner_of_the_database_and_so_do_its_programs()
    {
        File.WriteAllText(_home.Database, "");
        Own(_home.Folder, "12345:12346");
        var daemon = _home.Start([("AIOS_RUN_AS", "owner")]);
        Assert.Equal("12345", Id(daemon.Id, "Uid:"));
        Assert.Equal("12346", Id(daemon.Id, "Gid:"));
        Assert.Equal("0000000000000000", Status(daemon.Id, "CapPrm:"));
        Assert.Equal("succeeded", _home.Closed(_home.Insert("work")).Status);
        Assert.Equal("12345", _home.Get<string>("SELECT message FROM logs WHERE run_id IS NOT NULL"));
        Assert.Equal(0, daemon.Stop());
        Assert.Equal("12345", Owner(_home.In(".aios")));
    }

    [RequiresFact(Need.Mount)]
    public void What_belongs_to_root_is_worked_on_as_root_and_that_is_said()
    {
        var daemon = _home.Start([("AIOS_RUN_AS", "owner")]);
        daemon.WaitForOutput("run as root");
        Assert.Equal("0", Id(daemon.Id, "Uid:"));
        Assert.Contains(
            "expected \"owner\"",
            CliResult.Of(_home.Folder, ["status"], ("AIOS_RUN_AS", "nobody")).Exits(2).Error,
            StringComparison.Ordinal
        );
    }

    public void Dispose()
    {
        if (File.Exists(Outside))
            Unmount();
        _home.Dispose();
        Directory.Delete(_outside, recursive: true);
    }

    private string Outside => Path.Combine(_outside, "orchestrator.db");

    private void Mount()
    {
        if (!File.Exists(Outside))
            File.WriteAllText(Outside, "");
        if (!File.Exists(_home.Database))
            File.WriteAllText(_home.Database, "");
        Assert.True(Needs.Succeeds("mount", "--bind", Outside, _home.Database));
    }

    private void Unmount() => Needs.Unmount(_home.Database);

    private static void Own(string path, string owner) => Assert.True(Needs.Succeeds("chown", "-R", owner, path));

    private static string Owner(string path) =>
        Aios.Platform.FileIdentity.OwnerOf(path)!.Value.User.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Id(int pid, string name) => Status(pid, name).Split('\t')[0];

    private static string Status(int pid, string name) =>
        File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();
}
