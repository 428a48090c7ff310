using System.Diagnostics;

namespace Aios.Tests.BlackBox;

/// <summary>
/// A folder that others may write to: what they put there is neither believed nor written through, and nothing of AIOS is theirs
/// to change.
/// </summary>
public sealed class PlantedFileTests : IDisposable
{
    private const string Key = "aios_0123456789012345678901234567890123456789012";

    private readonly AiosHome _home = new("""- {name: hello, type: trigger, command: ["true"]}""");
    private readonly string _elsewhere = Directory.CreateTempSubdirectory("aios-elsewhere-").FullName;

    [RequiresTheory(Need.OtherUser)]
    [InlineData("mkdir .aios; chown nobody .aios")]
    [InlineData("ln -s $ELSEWHERE .aios")]
    [InlineData("ln -s $ELSEWHERE/nothing .aios")]
    [InlineData("touch .aios")]
    [InlineData("mkfifo .aios")]
    [InlineData("mkdir .aios; touch .aios/lock-domain; chown nobody .aios/lock-domain")]
    [InlineData("mkdir .aios; ln -s $ELSEWHERE/domain .aios/lock-domain")]
    [InlineData("mkdir .aios; echo 0123 > $ELSEWHERE/domain; ln -s $ELSEWHERE/domain .aios/lock-domain")]
    [InlineData("mkdir .aios; ln -s $ELSEWHERE/lock .aios/here.lock")]
    [InlineData("mkdir .aios; touch .aios/here.lock; chown nobody .aios/here.lock")]
    [InlineData("mkdir .aios; mkfifo .aios/here.lock")]
    [InlineData("ln -s $ELSEWHERE/database orchestrator.db; chown -h nobody orchestrator.db")]
    public void A_daemon_does_not_start_on_what_somebody_else_put_there(string plant)
    {
        Shell($"chmod 777 .; {plant}");
        var before = Listing(_elsewhere);
        var daemon = _home.Launch([], "--device-id", "here", "--listen", "none");
        Assert.Equal(2, daemon.WaitForExit(60));
        Assert.Contains("AIOS takes nothing there but a file or folder of its own user", daemon.Output, StringComparison.Ordinal);
        Assert.Equal(before, Listing(_elsewhere));
    }

    [RequiresTheory(Need.OtherUser)]
    [InlineData($"echo {Key} > .aios/api-key; chmod 600 .aios/api-key; chown nobody .aios/api-key")]
    [InlineData($"echo {Key} > $ELSEWHERE/key; chmod 600 $ELSEWHERE/key; ln -s $ELSEWHERE/key .aios/api-key")]
    [InlineData($"echo {Key} > $ELSEWHERE/key; chmod 600 $ELSEWHERE/key; ln $ELSEWHERE/key .aios/api-key")]
    [InlineData($"echo {Key} > .aios/api-key; chmod 604 .aios/api-key")]
    [InlineData($"echo {Key} > .aios/api-key; chmod 620 .aios/api-key")]
    [InlineData("ln -s $ELSEWHERE/made .aios/api-key")]
    [InlineData("mkfifo .aios/api-key")]
    [InlineData("mkdir .aios/api-key")]
    public void A_planted_key_opens_nothing(string plant)
    {
        Shell($"mkdir .aios; chmod 777 . .aios; {plant}");
        using var api = ApiClient.Start(_home);
        Assert.Equal(401, api.Get("whoami", ("Authorization", $"Bearer {Key}")).Status);
        api.Get("whoami").Expect(200);
        Assert.False(File.Exists(Path.Combine(_elsewhere, "made")));
        Assert.Equal("drwxr-xr-x", Shell("stat -c %A .aios").Trim());
    }

    [RequiresTheory(Need.OtherUser)]
    [InlineData("chmod 644 .aios/api-key")]
    [InlineData("chmod 660 .aios/api-key")]
    [InlineData("chown nobody .aios/api-key")]
    [InlineData("mv .aios/api-key $ELSEWHERE/key; ln -s $ELSEWHERE/key .aios/api-key")]
    [InlineData("rm .aios/api-key")]
    public void A_key_file_that_becomes_unsafe_opens_nothing_any_more(string change)
    {
        using var api = ApiClient.Start(_home);
        var key = ("Authorization", $"Bearer {File.ReadAllText(_home.In(".aios", "api-key")).Trim()}");
        api.Get("whoami", key).Expect(200);
        Shell(change);
        _home.WaitFor(() => api.Get("whoami", key).Status is 401 or 429, "the key opens nothing any more");
    }

    [RequiresTheory(Need.OtherUser)]
    [InlineData("ln -s $ELSEWHERE/victim copy.db.part")]
    [InlineData("ln -s $ELSEWHERE/new copy.db.part")]
    [InlineData("ln $ELSEWHERE/victim copy.db.part")]
    [InlineData("touch copy.db.part; chown nobody copy.db.part")]
    [InlineData("mkfifo copy.db.part")]
    public void A_backup_writes_through_nothing_that_was_planted(string plant)
    {
        _home.Drain();
        Shell($"chmod 777 .; echo precious > $ELSEWHERE/victim; {plant}");
        var before = Listing(_elsewhere);
        var refused = _home.Cli("backup", "copy.db");
        Assert.NotEqual(0, refused.Status);
        Assert.Contains("AIOS takes nothing there but", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, Listing(_elsewhere));
        Assert.Equal("precious\n", File.ReadAllText(Path.Combine(_elsewhere, "victim")));
    }

    [RequiresTheory(Need.OtherUser)]
    [InlineData("ln -s $ELSEWHERE/victim .aios/orchestrator.db.audit-head")]
    [InlineData("touch .aios/orchestrator.db.audit-head; chown nobody .aios/orchestrator.db.audit-head")]
    [InlineData("ln -s $ELSEWHERE/victim .aios/api-address")]
    public void What_is_planted_for_the_daemon_to_write_is_not_written_through(string plant)
    {
        Shell($"mkdir .aios; chmod 777 . .aios; echo precious > $ELSEWHERE/victim; {plant}");
        using var api = ApiClient.Start(_home);
        api.Post("jobs/hello/trigger").Expect(201);
        Assert.Equal("precious\n", File.ReadAllText(Path.Combine(_elsewhere, "victim")));
    }

    [RequiresFact(Need.OtherUser)]
    public void Whatever_the_umask_is_nothing_of_AIOS_is_for_others_to_change()
    {
        var folder = Path.Combine(_elsewhere, "new");
        var aios = AiosProcess.Executable;
        Shell(
            $"umask 000; {aios} init {folder} && {aios} trigger hello_world --home {folder}; {aios} run --until-idle --listen 127.0.0.1:0 "
                + $"--home {folder} && {aios} backup {folder}/copy.db --home {folder} && {aios} keys add me --home {folder}; true"
        );
        Assert.True(File.Exists(Path.Combine(folder, "copy.db")));
        Assert.Equal("", Shell($"find {folder} -perm /022 ! -type l"));
        Assert.Equal("", Shell($"find {folder} -name copy.db -perm /077"));
        Assert.Equal("", Shell($"find {folder}/.aios -name api-key -perm /077"));
    }

    public void Dispose()
    {
        _home.Dispose();
        Directory.Delete(_elsewhere, recursive: true);
    }

    private static string Listing(string folder) =>
        string.Join('\n', Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal));

    private string Shell(string command)
    {
        var start = new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = _home.Folder, RedirectStandardOutput = true };
        start.Environment["ELSEWHERE"] = _elsewhere;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
