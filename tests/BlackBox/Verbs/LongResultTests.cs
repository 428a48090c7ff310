using System.Security.Cryptography;

namespace Aios.Tests.BlackBox;

/// <summary>Results that are too long for a row, from the program that leaves one to those who read it.</summary>
[Collection(Undisturbed.Name)]
public sealed class LongResultTests : IDisposable
{
    private readonly AiosHome _home = new(
        """
        - name: f
          type: trigger
          steps:
            - {name: load, command: [sh, load.sh]}
            - {name: go, wait: {signal: go}}
            - {name: count, command: [echo, "${size(steps.load.result)}"], when: size(steps.load.result) > 0}
            - {name: end, set: "${size(steps.load.result)}"}
        """
    );

    [RequiresFact]
    public void A_long_result_outlasts_a_killed_daemon_and_is_shown_as_a_file()
    {
        File.WriteAllText(_home.In("load.sh"), "(printf '\"'; head -c 3000000 /dev/zero | tr '\\0' x; printf '\"') > $AIOS_RESULT");
        var daemon = _home.Start("--listen", "127.0.0.1:0");
        using var api = ApiClient.Of(daemon);
        _home.Cli("trigger", "f").Exits(0);
        _home.WaitFor(() => _home.Cli("flow", "show", "1").Out.Contains("waits for the signal go", StringComparison.Ordinal), "it waits");
        var run = Assert.Single(_home.RunsOf("f/load")).Id;
        var shown = _home.Cli("runs", $"{run}", "--json").Exits(0).Json;
        Assert.Equal(System.Text.Json.JsonValueKind.Null, shown.GetProperty("result").ValueKind);
        var file = shown.GetProperty("result_file");
        var path = _home.In(file.GetProperty("path").GetString()!);
        Assert.Equal(3_000_002, file.GetProperty("bytes").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), file.GetProperty("sha256").GetString());
        Assert.Contains("Result: 2.9M in results/", _home.Cli("runs", $"{run}").Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("Result of step load: 2.9M in results/", _home.Cli("flow", "show", "1").Exits(0).Out, StringComparison.Ordinal);
        Assert.Equal(3_000_002, api.Get($"runs/{run}/result").Expect(200).Text.Length);

        daemon.Kill();
        _home.Start();
        _home.Cli("signal", "go").Exits(0);
        Assert.Equal("succeeded", _home.Closed(1).Status);
        Assert.Equal("3000000", _home.Get<string>("SELECT result FROM runs WHERE trigger_id = 1"));
        Assert.Contains("3000000", _home.Cli("logs", "f").Exits(0).Out, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();
}
