using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Docs;

/// <summary>The messages on the page are those that the program has.</summary>
public sealed partial class TroubleshootingTests
{
    private const string Page = "docs/troubleshooting.md";

    // What others say of what AIOS has to do with.
    private static readonly string[] OfOthers = ["database is locked", "ModuleNotFoundError: No module named '<name>'"];

    private static readonly Lazy<List<string>> Sources = new(() =>
        [
            .. new[] { "*.cs", "*.py" }
                .SelectMany(kind => Directory.EnumerateFiles(Path.Combine(Documents.Root, "src"), kind, SearchOption.AllDirectories))
                .Select(path => Joined().Replace(File.ReadAllText(path), "").Replace("\\\"", "\"", StringComparison.Ordinal)),
        ]
    );

    public static TheoryData<string> Mistakes =>
        new()
        {
            "[{name: a, type: daily, time: '25:00', command: ['true']}]",
            "[{name: a, type: daily, command: ['true']}]",
            "[{name: a, command: ['true']}]",
            "[{name: a, type: idle}]",
            "[{name: a, type: idle, comand: ['true']}]",
            "[{name: a, type: idle, time: '09:00', command: ['true']}]",
            "[{name: a, type: idle, file: a.sh, command: ['true']}]",
            "[{name: a, type: idle, file: a.sh, function: main}]",
            "[{name: a, type: idle, command: ['true'], network: none}]",
            "[{name: a, type: idle, command: ['true'], name: b}]",
            "[{name: a, type: idle, command: ['true']}, {name: a, type: idle, command: ['true']}]",
            "- name: a\n   type: idle\n",
            "- name: a\n\ttype: idle\n",
            "- name: a\n  description: note: this\n",
            "- name: a\n  type: cron\n  cron: */5 * * * *\n",
            "name: a\ntype: idle\n",
        };

    [Fact]
    public void Each_message_is_one_that_the_program_has()
    {
        var strangers = Messages().Except(OfOthers).Where(message => !Sources.Value.Exists(source => Has(source, message))).ToList();
        Assert.True(strangers.Count == 0, $"The program has none of these:\n{string.Join('\n', strangers)}");
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_of_a_list_is_explained(string list)
    {
        var error = Aios.Jobs.JobListLoader.Parse(list, "Jobs/jobs.yaml").Errors[0].ToString();
        Assert.True(IsExplained(error), error);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/job-list.md")]
    public void The_mistake_that_a_page_shows_is_told_so(string page)
    {
        var shown = Assert.Single(Documents.Blocks(page, "text")).Text.Trim();
        var list = File.ReadAllText(Path.Combine(Documents.Root, "Jobs", "jobs.yaml"))
            .Replace("interval: 60s", "interval: sixty", StringComparison.Ordinal);
        Assert.Equal(shown, Assert.Single(Aios.Jobs.JobListLoader.Parse(list, "Jobs/jobs.yaml").Errors).ToString());
    }

    [RequiresFact(Need.SqliteShell)]
    public void What_the_program_says_when_something_is_wrong_is_explained()
    {
        using var home = new AiosHome("[{name: job, type: trigger, command: ['true']}]");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        Explained(home.Cli("backup", home.In("copy.db")));
        Explained(home.Cli("status", "--home", home.In("nowhere")));
        Explained(home.Cli("jobs", "--home", home.In("Jobs")));
        Explained(home.Cli("run", "--listen", "nonsense"));
        Explained(home.Cli("run", "--listen", $"0.0.0.0:{port}"));
        Explained(home.Cli("console"));
        Explained(home.Cli("notify", "test"));
        foreach (var setting in (string[])["no_such_setting: 1", "max_parallel: none"])
        {
            File.WriteAllText(home.In("aios.yaml"), setting);
            Explained(home.Cli("run"));
        }

        File.Delete(home.In("aios.yaml"));
        File.WriteAllText(home.In("text.db"), string.Join('\n', Enumerable.Repeat("This is no database.", 100)));
        Explained(home.Cli("run", "--db", "text.db"));
        Explained(home.Cli("run", "--db", home.In("nowhere", "a.db")));
        Explained(home.Cli("run", "--db", "Programs"));
        CliResult
            .Of(new System.Diagnostics.ProcessStartInfo("sqlite3", [home.In("newer.db"), "PRAGMA user_version = 9999; CREATE TABLE t (a)"]))
            .Exits(0);
        Explained(home.Cli("run", "--db", "newer.db"));
        home.WriteJobs("[{name: job}]");
        Explained(home.Cli("run"));

        home.WriteJobs(
            "[{name: job, type: trigger, command: ['true']}, {name: gone, type: trigger, file: gone.sh}, {name: no_program, type: "
                + "trigger, command: [no-such-program]}, {name: gpu, type: trigger, command: ['true'], tags: [gpu]}]"
        );
        var daemon = home.Start("--listen", $"127.0.0.1:{port}", "--device-id", "here");
        daemon.WaitForOutput("Everything else continues.");
        Explained(daemon.Output.Split('\n').Single(line => line.Contains("Everything else continues.", StringComparison.Ordinal)));
        Explained(home.Cli("run", "--device-id", "here"));
        Explained(home.Cli("trigger", "no-such-job"));
        Explained(home.Cli("restore", home.In("text.db"), "--yes"));
        foreach (var job in (string[])["gone", "no_program", "bakup"])
            Explained(home.Closed(home.Insert(job)).Reason);

        Explained(home.Closed(home.Insert("job", args: "nonsense")).Reason);
        var waiting = home.Insert("gpu");
        home.WaitFor(() => home.Trigger(waiting).Status == "waiting", "it waits for a device");
        Explained(home.Trigger(waiting).Reason);
    }

    private static void Explained(CliResult answer)
    {
        Assert.NotEqual(0, answer.Status);
        Explained(answer.Error);
    }

    private static void Explained(string? said) => Assert.True(said is not null && IsExplained(said), $"The page does not explain: {said}");

    private static bool IsExplained(string said) =>
        Messages()
            .Exists(message => new Regex(string.Join(".+?", Pieces(message).Select(Regex.Escape)), RegexOptions.Singleline).IsMatch(said));

    private static List<string> Messages() =>
        [.. Message().Matches(Documents.Read(Page)).Select(match => match.Groups["text"].Value.Trim())];

    // In one source file, one piece not far behind the other.
    private static bool Has(string source, string message)
    {
        var pieces = Pieces(message);
        for (
            var from = source.IndexOf(pieces[0], StringComparison.Ordinal);
            from >= 0;
            from = source.IndexOf(pieces[0], from + 1, StringComparison.Ordinal)
        )
        {
            var (at, found) = (from, true);
            foreach (var piece in pieces)
            {
                const int longestHole = 300;
                var next = source.IndexOf(piece, at, Math.Min(longestHole + piece.Length, source.Length - at), StringComparison.Ordinal);
                if (found = next >= 0)
                    at = next + piece.Length;
                else
                    break;
            }

            if (found)
                return true;
        }

        return false;
    }

    private static List<string> Pieces(string message) => [.. Placeholder().Split(message).Where(piece => piece.Trim().Length > 0)];

    // A long text stands on several lines.
    [GeneratedRegex(@"""\s*\+ \$?""")]
    private static partial Regex Joined();

    [GeneratedRegex(@"^\*\*``\s*(?<text>.+?)``\*\*", RegexOptions.Multiline)]
    private static partial Regex Message();

    // The quotes around a name are mostly put there by other code than what has the message.
    [GeneratedRegex(@"[""']?<[a-z ]+>[""']?")]
    private static partial Regex Placeholder();
}
