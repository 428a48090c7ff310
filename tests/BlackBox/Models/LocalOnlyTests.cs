using System.Diagnostics;
using System.Globalization;

namespace Aios.Tests.BlackBox;

/// <summary>
/// Calls that are local-only, in a network of their own: one interface leads to the remote provider, another to the name server, and the
/// kernel counts what is sent there.
/// </summary>
public sealed class LocalOnlyTests : IDisposable
{
    // The remote providers come first. Nothing is local but the last one.
    private const string Models = """
        providers:
          far: {kind: openai, url: "http://203.0.113.7/v1", timeout: 300ms}
          named: {kind: openai, url: "http://models.example.net/v1", timeout: 300ms}
          near: {kind: openai, url: "NEAR/v1"}
        models:
          far: {provider: far, name: echo, price: free}
          named: {provider: named, name: echo, price: free}
          near: {provider: near, name: echo, price: free}
        routes:
          any: [far, named, near]
          strict: {models: [far, named, near], privacy: local-only}

        """;

    private const string Ask = """
        curl -sS -m 30 "$OPENAI_BASE_URL/chat/completions" -H "authorization: Bearer $OPENAI_API_KEY" -H "content-type: application/json"
        -d '{"model": "ROUTE", "messages": [{"role": "user", "content": "Go on."}], "stream": STREAM}'
        """;

    // Without addresses of their neighbors, the interfaces would send questions for these only.
    private const string Script = """
        set -eu
        ip link set lo up
        wire() {
            ip link add "$1" type veth peer name "$1-end"
            for end in "$1" "$1-end"; do ip link set "$end" addrgenmode none; ip link set "$end" up; done
            ip addr add "$2.1/24" dev "$1"
            ip neigh add "$2.$3" lladdr 02:00:00:00:00:07 dev "$1"
        }
        wire far 203.0.113 7
        wire names 198.51.100 53
        printf 'nameserver 198.51.100.53\noptions timeout:1 attempts:1\n' > "$WORK/resolv.conf"
        mount --bind "$WORK/resolv.conf" /etc/resolv.conf
        sent() { awk -v name="$1:" '$1 == name { print $11 }' /proc/net/dev; }
        drain() {
            home=$1
            shift
            for job in "$@"; do "$AIOS" trigger "$job" --home "$home" > /dev/null; done
            "$AIOS" run --until-idle --home "$home" --listen 127.0.0.1:0 >> "$WORK/log" 2>&1
        }
        mkfifo "$WORK/address" "$WORK/end"
        node "$FAKE" < "$WORK/end" > "$WORK/address" &
        exec 3> "$WORK/end"
        read -r near < "$WORK/address"
        for home in strict open; do sed -i "s#NEAR#$near#" "$WORK/$home/models.yaml"; done
        drain "$WORK/open" by-route by-job
        drain "$WORK/strict" by-file
        echo "local $(sent far) $(sent names)"
        drain "$WORK/open" anywhere
        echo "any $(sent far) $(sent names)"
        """;

    private readonly TemporaryFolder _work = new();
    private readonly AiosHome _open;
    private readonly AiosHome _strict;

    public LocalOnlyTests()
    {
        _open = new AiosHome(
            $"""
            - {Job("by-route", "strict")}
            - {Job("by-job", "any")}
              privacy: local-only
            - {Job("anywhere", "any")}
            """,
            Path.Combine(_work.Path, "open")
        );
        File.WriteAllText(_open.In("models.yaml"), Models);
        _strict = new AiosHome($"- {Job("by-file", "any")}", Path.Combine(_work.Path, "strict"));
        File.WriteAllText(_strict.In("models.yaml"), $"{Models}privacy: local-only\n");
    }

    [RequiresFact(Need.Namespace | Need.Node | Need.Curl)]
    public void No_packet_leaves_for_a_remote_provider_nor_for_a_name_server()
    {
        var start = AiosProcess.StartInfo(_work.Path, []);
        var script = new ProcessStartInfo("unshare", [Needs.OwnNetwork, "sh", "-c", Script]);
        foreach (var (name, value) in start.Environment)
            script.Environment[name] = value;
        (script.Environment["AIOS"], script.Environment["WORK"]) = (AiosProcess.Executable, _work.Path);
        script.Environment["FAKE"] = Path.Combine(FakeProviders.Folder, "fake_models.mjs");
        var result = CliResult.Of(script, TimeSpan.FromMinutes(2)).Exits(0);
        var log = File.ReadAllText(Path.Combine(_work.Path, "log"));
        var sent = result
            .Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => words[1..].Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray());

        Assert.Equal([0, 0], sent["local"]);
        // Whole and as a stream.
        foreach (var (home, job) in ((AiosHome, string)[])[(_open, "by-route"), (_open, "by-job"), (_strict, "by-file")])
            Assert.True(OutcomesOf(home, job) is ["near ok", "near ok"], $"{job}: {string.Join(", ", OutcomesOf(home, job))}\n{log}");
        // What is not local-only tries both, so the interfaces count.
        Assert.All(sent["any"], packets => Assert.True(packets > 0, $"{result.Out}{log}"));
        Assert.Equal(2, OutcomesOf(_open, "anywhere").Count(outcome => outcome == "near ok"));
        Assert.Contains(OutcomesOf(_open, "anywhere"), outcome => outcome.StartsWith("far ", StringComparison.Ordinal));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _open.Dispose();
        _strict.Dispose();
        _work.Dispose();
    }

    private static List<string> OutcomesOf(AiosHome home, string job) =>
        home.Column("SELECT coalesce(model, '') || ' ' || outcome FROM calls WHERE job_name = @1 ORDER BY id", job);

    private static string Job(string name, string route)
    {
        var ask = Ask.Replace("ROUTE", route, StringComparison.Ordinal).ReplaceLineEndings(" ");
        var both = $"{ask.Replace("STREAM", "false", StringComparison.Ordinal)}; {ask.Replace("STREAM", "true", StringComparison.Ordinal)}";
        return $$"""
            name: {{name}}
              type: trigger
              models: true
              shell: '{{both.Replace("'", "''", StringComparison.Ordinal)}}'
            """;
    }
}
