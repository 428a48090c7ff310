using Aios.Tests.Support;

namespace Aios.Tests.BlackBox;

/// <summary>Risky operations at the command line: typed, by a script, or with another person's approval.</summary>
public sealed class ConfirmTests : IDisposable
{
    private const string Jobs = """
        - {name: hello, type: trigger, command: ["true"]}
        - {name: waits, type: trigger, steps: [{name: ask, approval: "Well?"}]}
        - {name: other, type: trigger, steps: [{name: ask, approval: "Well?"}]}
        """;

    private readonly AiosHome _home = new(Jobs);

    [RequiresFact(Need.Python)]
    public void In_a_terminal_the_name_of_what_is_at_stake_is_typed()
    {
        _home.Drain();
        _home.Cli("backup", "copy.db").Exits(0);
        var wrong = Type("copy.db\n");
        Assert.Equal(1, wrong.Status);
        Assert.Contains("It was not done: \"copy.db\" was typed, not \"orchestrator.db\".", wrong.Seen, StringComparison.Ordinal);
        Assert.Contains("sha256: ", wrong.Seen, StringComparison.Ordinal);
        var end = Type("\u0004");
        Assert.Equal(1, end.Status);
        Assert.Contains("nothing was typed", end.Seen, StringComparison.Ordinal);
        Assert.Empty(Kept());
        Assert.Equal(
            ["""restore orchestrator.db""", """restore orchestrator.db"""],
            _home.Column("SELECT subject FROM audit WHERE action = 'confirm.refuse'")
        );

        var right = Type("orchestrator.db\n");
        Assert.Equal(0, right.Status);
        Assert.Single(Kept());
        Assert.Contains(
            "\"confirmed\":\"typed\"",
            _home.Get<string>("SELECT after FROM audit WHERE action = 'database.restore'")!,
            StringComparison.Ordinal
        );
        _home.Cli("audit", "verify").Exits(0);

        (int Status, string Seen) Type(string text)
        {
            using var terminal = PseudoTerminal.OfAios(_home, 200, 24, "restore", "copy.db");
            terminal.WaitFor("Type orchestrator.db to confirm: ");
            terminal.Type(text);
            return (terminal.WaitForExit(), terminal.Seen);
        }
    }

    [RequiresFact]
    public void A_script_says_yes_and_without_it_nothing_is_done()
    {
        _home.Drain();
        _home.Cli("backup", "copy.db").Exits(0);
        Assert.Contains("add --yes", _home.Cli("restore", "copy.db").Exits(2).Error, StringComparison.Ordinal);
        Assert.Empty(Kept());
        _home.Cli("restore", "copy.db", "--yes").Exits(0);
        Assert.Single(Kept());
        Assert.Contains(
            "\"confirmed\":\"yes-flag\"",
            _home.Get<string>("SELECT after FROM audit WHERE action = 'database.restore'")!,
            StringComparison.Ordinal
        );

        // Nothing is at stake where there is nothing.
        File.Delete(_home.Database);
        _home.Cli("restore", "copy.db").Exits(0);
        Confirm("restore: none");
        _home.Cli("restore", "copy.db").Exits(0);
        Confirm("restor: none");
        Assert.Contains("Did you mean \"restore\"?", _home.Cli("doctor").Exits(2).Error, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void Another_person_approves_a_restore_which_uses_it_up()
    {
        Confirm("restore: {by: other, expires: 1h}");
        var daemon = _home.Start("--listen", "127.0.0.1:0");
        using var api = ApiClient.Of(daemon);
        var boss = Key("boss", "approver");
        _home.Cli("backup", "copy.db").Exits(0);
        var asked = _home.Cli("restore", "copy.db", "--yes").Exits(1).Error;
        Assert.Contains("it waits as approval 1 until", asked, StringComparison.Ordinal);
        Assert.Contains("copy.db --approval 1` does it", asked, StringComparison.Ordinal);
        Assert.Contains("another person must decide it", _home.Cli("approve", "1").Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("Asked by: user ", _home.Cli("approvals", "1").Exits(0).Out, StringComparison.Ordinal);
        var shown = api.Get("approvals/1", boss).Expect(200);
        Assert.Equal(("operation", "restore"), (shown["kind"].GetString(), shown["operation"].GetString()));
        Decide(api, boss, shown["digest"].GetString()!).Expect(200);
        Assert.Contains("a daemon is running", _home.Cli("restore", "copy.db", "--approval", "1").Exits(1).Error, StringComparison.Ordinal);
        Assert.Equal(0, daemon.Stop());

        File.Copy(_home.In("copy.db"), _home.In("same.db"));
        File.AppendAllText(_home.In("copy.db"), "more");
        Assert.Contains(
            "has changed since approval 1",
            _home.Cli("restore", "copy.db", "--approval", "1").Exits(1).Error,
            StringComparison.Ordinal
        );
        File.Copy(_home.In("same.db"), _home.In("copy.db"), overwrite: true);
        File.SetLastWriteTimeUtc(_home.In("copy.db"), shown["shown"].GetProperty("modified").GetDateTimeOffset().UtcDateTime);
        _home.Cli("restore", "copy.db", "--approval", "1").Exits(0);
        var kept = Assert.Single(Kept());
        Assert.Contains(
            "\"confirmed\":\"approval 1\"",
            _home.Get<string>("SELECT after FROM audit WHERE action = 'database.restore'")!,
            StringComparison.Ordinal
        );
        _home.Cli("audit", "verify").Exits(0);

        // The one that was replaced has it as used.
        File.Copy(kept, _home.Database, overwrite: true);
        Assert.Contains("counts once", _home.Cli("restore", "copy.db", "--approval", "1").Exits(1).Error, StringComparison.Ordinal);
        Assert.Equal(
            ["confirm.ask", "approval.approve", "confirm.refuse", "confirm.use", "confirm.refuse"],
            _home.Column("SELECT action FROM audit WHERE action LIKE 'confirm.%' OR action LIKE 'approval.%' ORDER BY id")
        );
    }

    [RequiresFact(Need.Python)]
    public void Flows_are_canceled_one_by_one_or_many_with_a_word()
    {
        _home.Start();
        var flows = new[] { Begin("waits"), Begin("waits"), Begin("other"), Begin("other") };
        _home.Cli("flow", "cancel", $"{flows[0]}").Exits(0);
        _home.Closed(flows[0]);
        Assert.Contains("Cancel 2 flows?", _home.Cli("flow", "cancel", "--job", "other").Exits(2).Error, StringComparison.Ordinal);
        using (var terminal = PseudoTerminal.OfAios(_home, 200, 24, "flow", "cancel", "--job", "other"))
        {
            terminal.WaitFor("Type 2 flows to confirm: ");
            terminal.Type("2 flows\n");
            Assert.Equal(0, terminal.WaitForExit());
        }

        Assert.Equal("canceled", _home.Closed(flows[2]).Status);
        Assert.Equal("canceled", _home.Closed(flows[3]).Status);
        Assert.Equal(["typed"], _home.Column("SELECT json_extract(after, '$.confirmed') FROM audit WHERE action = 'confirm.use'"));
        // One alone is not many.
        Assert.Equal(
            [flows[1]],
            _home
                .Cli("flow", "cancel", "--all", "--json")
                .Exits(0)
                .Json.GetProperty("canceled")
                .EnumerateArray()
                .Select(id => id.GetInt64())
        );
        _home.Closed(flows[1]);
        Assert.Contains("none was canceled", _home.Cli("flow", "cancel", "--all").Exits(0).Error, StringComparison.Ordinal);
        Assert.Contains("--job JOB, or --all", _home.Cli("flow", "cancel").Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("--job JOB, or --all", _home.Cli("flow", "cancel", "1", "--all").Exits(2).Error, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void History_is_deleted_when_it_is_confirmed()
    {
        _home.Drain();
        _home.InsertMany("hello", 20);
        // One after another: the latest run is kept whatever is asked for, so it must be that of the newest trigger.
        _home.Drain("--max-parallel", "1");
        Assert.Equal(20, _home.RunsOf("hello").Count);
        Assert.Contains("add --yes", _home.Cli("prune", "--keep-runs", "5").Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("what is kept is missing", _home.Cli("prune", "--yes").Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("from 1 to", _home.Cli("prune", "--keep-runs", "0", "--yes").Exits(2).Error, StringComparison.Ordinal);
        Assert.Equal(20, _home.RunsOf("hello").Count);
        Assert.StartsWith(
            "Deleted 15 triggers, 15 runs and ",
            _home.Cli("prune", "--keep-runs", "5", "--yes").Exits(0).Out,
            StringComparison.Ordinal
        );
        Assert.Equal(5, _home.RunsOf("hello").Count);
        Assert.Equal(
            ["""confirm.use|{"confirmed":"yes-flag"}""", """history.delete|{"keep_runs":5}"""],
            _home.Column(
                "SELECT action || '|' || json_remove(after, '$.digest') FROM audit WHERE action LIKE 'confirm.%' OR action = "
                    + "'history.delete' ORDER BY id"
            )
        );
        Assert.Equal(0, _home.Cli("prune", "--keep-days", "1", "--yes", "--json").Exits(0).Json.GetProperty("runs").GetInt32());
    }

    public void Dispose() => _home.Dispose();

    private string[] Kept() => Directory.GetFiles(_home.Folder, "orchestrator.db.before-restore-*");

    private void Confirm(string rule) => File.WriteAllText(_home.In("aios.yaml"), $"confirm: {{{rule}}}\n");

    private (string, string) Key(string name, string role) =>
        ("Authorization", $"Bearer {_home.Cli("keys", "add", name, "--role", role).Exits(0).Out.Trim()}");

    private static ApiAnswer Decide(ApiClient api, (string, string) key, string digest) =>
        api.Post("approvals/1", $$"""{"decision": "approve", "digest": "{{digest}}"}""", key);

    private long Begin(string job)
    {
        var flow = _home.Insert(job);
        _home.WaitFor(() => _home.Get<long>("SELECT count(*) FROM approvals WHERE flow_id = @1", flow) == 1, "it waits for approval");
        return flow;
    }
}
