using System.Text.RegularExpressions;

namespace Aios.Tests.Docs;

/// <summary>The table of rooms in docs/architecture.md.</summary>
public partial class RoomTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Scheduling"] = [],
        ["Platform"] = [],
        ["Jobs"] = ["Scheduling", "Platform"],
        ["Store"] = ["Platform"],
        ["Health"] = ["Jobs", "Store"],
        ["Telemetry"] = ["Platform"],
        ["Running"] = ["Platform", "Jobs", "Store", "Telemetry"],
        ["Notices"] = ["Platform", "Jobs", "Store"],
        ["Daemon"] = ["Scheduling", "Platform", "Jobs", "Store", "Health", "Running", "Notices", "Telemetry"],
        ["Control"] = ["Platform", "Scheduling", "Jobs", "Store", "Health"],
        ["Access"] = ["Platform", "Store"],
        ["WebConsole"] = ["Platform"],
        ["Api"] = ["Platform", "WebConsole", "Jobs", "Store", "Daemon", "Control", "Access", "Doctor", "Telemetry", "Health"],
        ["Doctor"] = ["Platform", "Jobs", "Store", "Running", "Daemon", "Health"],
        ["Import"] = ["Platform", "Scheduling", "Jobs", "Store"],
        ["Service"] = ["Platform"],
        ["Cli"] = ["Import", "Service", "Platform", "Jobs", "Store", "Notices", "Daemon", "Control", "Access", "Api", "Doctor", "Telemetry", "Health"],
    };

    public static TheoryData<string> Rooms => [.. Directory.EnumerateDirectories(Path.Combine(Documents.Root, "src")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_knows_only_those_that_it_may(string room)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Documents.Root, "src", room), "*.cs", SearchOption.AllDirectories);
        var known = files.SelectMany(file => Mention().Matches(File.ReadAllText(file))).Select(match => match.Groups["room"].Value).Where(MayKnow.ContainsKey);
        Assert.All(known, other => Assert.Contains(other, MayKnow[room].Append(room)));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void The_page_about_the_architecture_names_each_room(string room) =>
        Assert.Contains($"| `src/{room}` |", Documents.Read("docs/architecture.md"), StringComparison.Ordinal);

    [Fact]
    public void No_type_of_a_room_is_public() => Assert.Empty(typeof(Aios.Daemon.DaemonHost).Assembly.GetExportedTypes().Where(type => type.Namespace is not null));

    [GeneratedRegex(@"\bAios\.(?<room>[A-Z]\w*)")]
    private static partial Regex Mention();
}
