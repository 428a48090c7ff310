using System.Diagnostics;
using Aios.Platform;
using Aios.Tests.Docs;
using Aios.Tests.Running.Containers;

namespace Aios.Tests.BlackBox;

/// <summary>The images, run by a real engine as docs/docker.md says.</summary>
public sealed class ImageTests : IClassFixture<AiosImages>, IDisposable
{
    private const uint Owner = 12345;
    private const string Jobs = """
        - {name: who, type: trigger, command: [sh, -c, 'id -u; touch /app/Programs/made-by-a-program']}
        - {name: stray, type: trigger, command: [sh, -c, 'env -i setsid sh -c "sleep 0.2; exit 0" & env -i setsid sh -c "exit 0" & exit 0']}
        - {name: server, type: always, grace: 5s, command: [sh, -c, 'trap "echo told to end; exit 0" TERM; while true; do sleep 0.1; done']}
        - {name: py, type: trigger, file: hello.py, function: greet}
        """;

    private readonly AiosHome _home = new(Jobs);
    private readonly ITestOutputHelper _output;

    public ImageTests(AiosImages images, ITestOutputHelper output)
    {
        _ = images;
        _output = output;
        _home.WriteProgram("hello.py", "def greet(name='you'):\n    return {'hello': name}\n");
    }

    [RequiresFact(Need.Docker | Need.Python)]
    public void The_command_of_the_original_works_with_the_snippet_of_the_readme()
    {
        CopyPrograms();
        EmptyDatabaseOf(Owner);
        using var aios = AiosContainer.Run(
            AiosImages.WithPython,
            "--volume",
            $"{_home.In("Programs")}:/app/Programs",
            "--volume",
            $"{_home.Database}:/app/orchestrator.db",
            "--env",
            "DEVICE_TAGS=gpu,storage,browser"
        );
        aios.WaitForOutput("tags browser, gpu, storage");
        aios.WaitForOutput("mounted as a file of its own");
        _home.WaitFor(() => aios.Health == "healthy", "it is healthy", 60);

        var snippet = Assert.Single(Documents.Blocks("README.md", "python"));
        using (var python = Process.Start(new ProcessStartInfo("python3", ["-c", snippet.Text]) { WorkingDirectory = _home.Folder })!)
        {
            Assert.True(python.WaitForExit(60_000));
            Assert.Equal(0, python.ExitCode);
        }

        _home.WaitFor(
            () => _home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'llm_processor' AND status = 'succeeded'") > 0,
            "the trigger of the snippet is done",
            60
        );
        Assert.Contains(
            "test",
            _home.Get<string>("SELECT result FROM runs WHERE job_name = 'llm_processor' AND result LIKE '%\"prompt\": \"test\"%'"),
            StringComparison.Ordinal
        );

        Assert.Equal(0, aios.Stop());
        // All is in the file that the host has; nothing of it has stayed in the container.
        Assert.DoesNotContain("-journal", Docker.Do("diff", aios.Id), StringComparison.Ordinal);
        Assert.Equal("ok", _home.Get<string>("PRAGMA integrity_check"));
        Assert.Equal("offline", _home.Get<string>("SELECT status FROM devices"));
        Assert.Equal(Owner, FileIdentity.OwnerOf(_home.Database)!.Value.User);
    }

    [RequiresFact(Need.Docker)]
    public void Mounted_jobs_run_as_the_owner_and_process_1_reaps_and_ends_as_it_should()
    {
        EmptyDatabaseOf(Owner);
        using var aios = AiosContainer.Run(
            AiosImages.WithPython,
            "--volume",
            $"{_home.In("Programs")}:/app/Programs",
            "--volume",
            $"{_home.Database}:/app/orchestrator.db",
            "--volume",
            $"{_home.In("Jobs")}:/app/Jobs"
        );
        aios.WaitForOutput("runs 4 jobs");
        Assert.Equal("succeeded", _home.Closed(_home.Insert("py", "{\"name\": \"Ada\"}"), 60).Status);
        Assert.Equal("succeeded", _home.Closed(_home.Insert("who"), 60).Status);
        Assert.Equal(
            $"{Owner}",
            _home.Get<string>("SELECT message FROM logs WHERE run_id IN (SELECT id FROM runs WHERE job_name = 'who')")
        );
        Assert.Equal(Owner, FileIdentity.OwnerOf(_home.In("Programs", "made-by-a-program"))!.Value.User);

        Assert.Equal("succeeded", _home.Closed(_home.Insert("stray"), 60).Status);
        // An orphan of a process that somebody else brought into the container comes to process 1, too.
        aios.Execute("sh", "-c", "sleep 0.1 & exit 0");
        _home.WaitFor(() => !States(aios).Contains('Z', StringComparison.Ordinal), "no zombie is left", 60);

        Assert.Equal(0, aios.Stop());
        Assert.Contains(
            "told to end",
            _home.Column("SELECT message FROM logs WHERE run_id IN (SELECT id FROM runs WHERE job_name = 'server')")
        );
        Assert.Contains("AIOS has ended", _home.Get<string>("SELECT message FROM logs ORDER BY id DESC LIMIT 1"), StringComparison.Ordinal);
    }

    [RequiresFact(Need.Docker)]
    public void A_mounted_folder_outlives_a_container_that_was_killed_and_removed()
    {
        Own(_home.Folder, Owner);
        string[] options = ["--volume", $"{_home.Folder}:/app", "--env", "DEVICE_ID=box"];
        using (var first = AiosContainer.Run(AiosImages.WithPython, options))
        {
            first.WaitForOutput("as device \"box\"");
            _home.InsertMany("who", 200);
            _home.WaitFor(() => _home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded'") > 10, "work goes on", 60);
            Docker.Do("kill", first.Id);
        }

        using var second = AiosContainer.Run(AiosImages.WithPython, options);
        _home.WaitFor(
            () => _home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'who' AND processed IS NULL") == 0,
            "the rest is done",
            120
        );
        Assert.DoesNotContain("mounted as a file", second.Output, StringComparison.Ordinal);
        Assert.Equal("ok", _home.Get<string>("PRAGMA integrity_check"));
        Assert.Equal(Owner, FileIdentity.OwnerOf(_home.In(".aios"))!.Value.User);
        Assert.Contains("succeeded", Docker.Do("exec", second.Id, "aios", "status"), StringComparison.Ordinal);
        Assert.Equal(0, second.Stop());
    }

    [RequiresFact(Need.Docker)]
    public void A_database_that_was_missing_on_the_host_is_told_with_what_to_do()
    {
        using var aios = AiosContainer.Run(AiosImages.WithPython, "--volume", $"{_home.Database}:/app/orchestrator.db");
        Assert.Equal(1, aios.Wait());
        Assert.Contains("is a folder", aios.Output, StringComparison.Ordinal);
        Assert.Contains("touch", aios.Output, StringComparison.Ordinal);
    }

    [RequiresFact(Need.Docker)]
    public void A_database_of_the_original_goes_on()
    {
        _home.Execute(
            "CREATE TABLE triggers (id INTEGER PRIMARY KEY AUTOINCREMENT, job_name TEXT NOT NULL, args TEXT NOT NULL, kwargs TEXT NOT "
                + "NULL, created REAL NOT NULL, processed REAL)"
        );
        _home.Execute("INSERT INTO triggers (job_name, args, kwargs, created) VALUES ('py', '[]', '{\"name\": \"Bea\"}', 1700000000)");
        Give(Owner);
        using var aios = AiosContainer.Run(
            AiosImages.WithPython,
            "--volume",
            $"{_home.In("Programs")}:/app/Programs",
            "--volume",
            $"{_home.Database}:/app/orchestrator.db",
            "--volume",
            $"{_home.In("Jobs")}:/app/Jobs"
        );
        aios.WaitForOutput("as device");
        Assert.Equal("succeeded", _home.Closed(1, 60).Status);
        Assert.Contains("Bea", _home.Get<string>("SELECT result FROM runs WHERE trigger_id = 1"), StringComparison.Ordinal);
        Assert.Equal(0, aios.Stop());
    }

    [RequiresFact(Need.Docker)]
    public void It_can_be_started_as_any_user_with_everything_closed()
    {
        EmptyDatabaseOf(Owner);
        using var aios = AiosContainer.Run(
            AiosImages.WithPython,
            [
                "--user",
                $"{Owner}:{Owner}",
                "--cap-drop",
                "ALL",
                "--security-opt",
                "no-new-privileges",
                "--volume",
                $"{_home.Database}:/app/orchestrator.db",
                "--volume",
                $"{_home.In("Jobs")}:/app/Jobs",
            ]
        );
        aios.WaitForOutput("as device");
        Assert.Equal("succeeded", _home.Closed(_home.Insert("stray"), 60).Status);
        Assert.Equal(0, aios.Stop());
    }

    [RequiresFact(Need.Docker)]
    public void Without_mounts_it_is_the_user_of_the_image()
    {
        using var aios = AiosContainer.Run(AiosImages.WithPython);
        aios.WaitForOutput("as device");
        Assert.StartsWith("10001", Uid(aios), StringComparison.Ordinal);
        Assert.Equal(0, aios.Stop());
    }

    [RequiresFact(Need.Docker)]
    public void The_slim_image_runs_scripts_knows_zones_and_is_small()
    {
        _home.WriteJobs(
            """
            - {name: sh, type: trigger, file: work.sh}
            - {name: later, type: daily, time: "09:00", timezone: Europe/Berlin, command: [echo, morning]}
            """
        );
        _home.WriteProgram("work.sh", "date +%Z; id -u\n");
        Own(_home.Folder, Owner);
        using var aios = AiosContainer.Run(AiosImages.Slim, "--volume", $"{_home.Folder}:/app", "--env", "TZ=Asia/Tokyo");
        aios.WaitForOutput("as device");
        Assert.Equal("succeeded", _home.Closed(_home.Insert("sh"), 60).Status);
        _home.WaitFor(() => aios.Health == "healthy", "it is healthy", 60);
        Assert.Contains("(Asia/Tokyo)", aios.Execute("aios", "doctor"), StringComparison.Ordinal);
        Assert.Equal(0, aios.Stop());

        var (large, small) = (AiosImages.Megabytes(AiosImages.WithPython), AiosImages.Megabytes(AiosImages.Slim));
        _output.WriteLine($"with Python {large:0.0} MB, without {small:0.0} MB");
        Assert.InRange(small, 1, 50);
        Assert.InRange(large, small, 220);
    }

    [RequiresFact(Need.Docker)]
    public void Containers_of_its_jobs_stand_beside_it_and_see_what_was_mounted_into_it()
    {
        _home.WriteJobs(
            $$"""
            - {name: boxed, type: trigger, image: "{{TestEngine.Python}}", network: none, file: boxed.py, function: main, volumes: ["./data:/data"], user: "{{Owner}}"}
            """
        );
        _home.WriteProgram(
            "boxed.py",
            "import os\ndef main(name):\n    print('boxed for', name)\n    open('/data/made', 'w').write(name)\n    return [name, "
                + "os.path.exists('/app')]\n"
        );
        Directory.CreateDirectory(_home.In("data"));
        Own(_home.Folder, Owner);
        // As a socket is that belongs to the group docker, whose number is another on each machine.
        const uint group = 4711;
        using var engine = new EngineProxy();
        var socket = engine.Address.Socket!;
        Assert.True(Needs.Succeeds("chgrp", $"{group}", socket) && Needs.Succeeds("chmod", "660", socket));
        using var aios = AiosContainer.Run(
            AiosImages.Slim,
            "--volume",
            $"{_home.Folder}:/app",
            "--volume",
            $"{socket}:/var/run/docker.sock",
            "--group-add",
            $"{group}"
        );
        aios.WaitForOutput("as device");
        Assert.Matches("ok +engine +Docker", aios.Execute("aios", "doctor"));

        var trigger = _home.Insert("boxed", "{\"name\": \"Ada\"}");

        Assert.Equal("succeeded", _home.Closed(trigger, 120).Status);
        Assert.Equal("[\"Ada\", false]", _home.Get<string>($"SELECT result FROM runs WHERE trigger_id = {trigger}"));
        Assert.Contains("boxed for Ada", _home.Column("SELECT message FROM logs WHERE job_name = 'boxed'"));
        Assert.Equal("Ada", File.ReadAllText(_home.In("data", "made")));
        var container = _home.Get<string>($"SELECT container FROM runs WHERE trigger_id = {trigger}")!;
        _home.WaitFor(
            () => Docker.Try(TimeSpan.FromMinutes(1), "inspect", container).Status != 0,
            "the container of the run is removed",
            60
        );
        Assert.Equal(0, aios.Stop());
    }

    [RequiresFact(Need.Docker | Need.Compose)]
    public void The_compose_file_starts_a_home_of_ones_own()
    {
        Own(_home.Folder, Owner);
        using var composed = new AiosComposition(_home);

        composed.Up();

        Assert.Equal("succeeded", _home.Closed(_home.Insert("py", "{\"name\": \"Ada\"}"), 60).Status);
        Assert.Equal("composed, tag", _home.Get<string>("SELECT device || ', ' || tags FROM devices"));
        Assert.Equal("unless-stopped", composed.Aios.Inspect("{{.HostConfig.RestartPolicy.Name}}"));
        _home.WaitFor(() => composed.Aios.Health == "healthy", "it is healthy", 60);
        Assert.Equal(0, composed.Aios.Stop());
    }

    public void Dispose() => _home.Dispose();

    private static string Uid(AiosContainer aios) => aios.Execute("grep", "Uid:", "/proc/1/status").Split('\t')[1];

    private static string States(AiosContainer aios) =>
        aios.Execute("sh", "-c", "grep -h ^State: /proc/[0-9]*/status 2>/dev/null | cut -c 8; true");

    private static void Own(string path, uint owner) => Assert.True(Needs.Succeeds("chown", "-R", $"{owner}:{owner}", path));

    private void EmptyDatabaseOf(uint owner)
    {
        File.WriteAllText(_home.Database, "");
        Give(owner);
    }

    // The home itself stays the test's, so nothing can be made beside what is mounted.
    private void Give(uint owner)
    {
        Own(_home.Database, owner);
        Own(_home.In("Programs"), owner);
        Assert.True(Needs.Succeeds("chmod", "a+rx", _home.Folder));
    }

    private void CopyPrograms()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Documents.Root, "Programs")))
            File.Copy(file, _home.In("Programs", Path.GetFileName(file)), overwrite: true);
    }
}
