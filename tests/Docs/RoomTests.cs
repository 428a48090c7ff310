using System.Text.RegularExpressions;

namespace Aios.Tests.Docs;

/// <summary>The table of rooms in docs/architecture.md.</summary>
public partial class RoomTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Scheduling"] = [],
        ["Platform"] = [],
        ["Expressions"] = ["Platform"],
        ["Jobs"] = ["Scheduling", "Platform", "Expressions"],
        ["Store"] = ["Platform"],
        ["Health"] = ["Jobs", "Store"],
        ["Telemetry"] = ["Platform"],
        ["Running"] = ["Platform", "Jobs", "Store", "Telemetry"],
        ["Notices"] = ["Platform", "Jobs", "Store"],
        ["Flows"] = ["Scheduling", "Platform", "Expressions", "Jobs", "Store"],
        ["Daemon"] = ["Scheduling", "Platform", "Jobs", "Store", "Health", "Running", "Notices", "Telemetry", "Flows", "Models"],
        ["Models"] = ["Platform", "Expressions", "Jobs", "Store", "Running", "Telemetry"],
        ["Control"] = ["Platform", "Scheduling", "Expressions", "Jobs", "Store", "Health", "Flows"],
        ["Access"] = ["Platform", "Store"],
        ["WebConsole"] = ["Platform"],
        ["Api"] =
        [
            "Platform",
            "WebConsole",
            "Jobs",
            "Store",
            "Daemon",
            "Control",
            "Access",
            "Doctor",
            "Telemetry",
            "Health",
            "Flows",
            "Models",
        ],
        ["Doctor"] = ["Platform", "Jobs", "Store", "Running", "Daemon", "Health"],
        ["Import"] = ["Platform", "Scheduling", "Jobs", "Store"],
        ["Service"] = ["Platform"],
        ["Cli"] =
        [
            "Import",
            "Service",
            "Platform",
            "Jobs",
            "Store",
            "Notices",
            "Daemon",
            "Control",
            "Access",
            "Api",
            "Doctor",
            "Telemetry",
            "Health",
            "Flows",
            "Models",
        ],
    };

    // What is at the top of a room composes it, and may know all of it; everything in it may know that.
    private static readonly Dictionary<string, string[]> MayKnowInside = new()
    {
        ["Daemon/Presence"] = [],
        ["Daemon/Loop"] = ["Ticks"],
        ["Daemon/Claiming"] = ["Ticks"],
        ["Daemon/History"] = ["Loop", "Reporting"],
        ["Daemon/Alarms"] = ["Claiming", "Loop", "Presence", "Ticks"],
        ["Daemon/Monitoring"] = ["Claiming", "Loop", "Reporting", "Ticks"],
        ["Daemon/Execution"] = ["Claiming", "Loop", "Presence", "Reporting", "Ticks"],
        ["Daemon/Reporting"] = ["Claiming", "Execution", "Loop", "Monitoring", "Ticks"],
        ["Daemon/Ticks"] = ["Alarms", "Claiming", "Execution", "History", "Loop", "Monitoring", "Reporting"],
    };

    private static readonly Lazy<ILookup<string, string>> FoldersOfTypes = new(() =>
        (
            from file in Directory.EnumerateFiles(Path.Combine(Documents.Root, "src"), "*.cs", SearchOption.AllDirectories)
            from Match declared in Declaration().Matches(File.ReadAllText(file))
            select (Type: declared.Groups["type"].Value, Folder: FolderOf(file))
        ).ToLookup(found => found.Type, found => found.Folder)
    );

    public static TheoryData<string> Folders => [.. MayKnowInside.Keys];

    public static TheoryData<string> Rooms =>
        [
            .. Directory
                .EnumerateDirectories(Path.Combine(Documents.Root, "src"))
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_knows_only_those_that_it_may(string room)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Documents.Root, "src", room), "*.cs", SearchOption.AllDirectories);
        var known = files
            .SelectMany(file => Mention().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["room"].Value)
            .Where(MayKnow.ContainsKey);
        Assert.All(known, other => Assert.Contains(other, MayKnow[room].Append(room)));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void The_page_about_the_architecture_names_each_room(string room) =>
        Assert.Contains($"| `src/{room}` |", Documents.Read("docs/architecture.md"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_of_a_room_uses_the_types_only_of_those_that_it_may(string folder)
    {
        var room = folder[..folder.IndexOf('/')];
        var allowed = MayKnowInside[folder].Select(other => $"{room}/{other}").Append(folder).Append(room);
        var used = Directory
            .EnumerateFiles(Path.Combine(Documents.Root, "src", folder), "*.cs")
            .SelectMany(UsedBy)
            .Where(used => used.StartsWith(room, StringComparison.Ordinal));
        Assert.Empty(used.Distinct().Except(allowed));
    }

    [Fact]
    public void Each_folder_of_the_daemon_is_held_to_that() =>
        Assert.Equal(
            Directory
                .EnumerateDirectories(Path.Combine(Documents.Root, "src", "Daemon"))
                .Select(path => $"Daemon/{Path.GetFileName(path)}")
                .Order(StringComparer.Ordinal),
            MayKnowInside.Keys.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void No_type_of_a_room_is_public() =>
        Assert.Empty(typeof(Aios.Daemon.DaemonHost).Assembly.GetExportedTypes().Where(type => type.Namespace is not null));

    // The folders of the types that a file names, as far as it sees them: by a using, or because they are in a folder above.
    private static IEnumerable<string> UsedBy(string file)
    {
        var text = File.ReadAllText(file);
        var own = FolderOf(file);
        var seen = Using().Matches(text).Select(match => match.Groups["name"].Value.Replace('.', '/')).ToHashSet(StringComparer.Ordinal);
        var names = Name().Matches(NotCode().Replace(text, "")).Select(match => match.Value).Distinct();
        return names
            .SelectMany(name => FoldersOfTypes.Value[name])
            .Where(folder => seen.Contains(folder) || own.StartsWith($"{folder}/", StringComparison.Ordinal));
    }

    private static string FolderOf(string file) =>
        Path.GetRelativePath(Path.Combine(Documents.Root, "src"), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '/');

    [GeneratedRegex(@"^internal (?:[a-z]+ )*?(?:class|record struct|record|struct|enum|interface) (?<type>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^using Aios\.(?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"//[^\n]*|""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex NotCode();

    [GeneratedRegex(@"(?<![.\w])[A-Z]\w*")]
    private static partial Regex Name();

    [GeneratedRegex(@"\bAios\.(?<room>[A-Z]\w*)")]
    private static partial Regex Mention();
}
