using System.Globalization;

namespace Aios.Running.Containers;

/// <summary>Whose containers are whose: each carries labels that say which daemon of which database made it, and for which run.</summary>
/// <param name="Database">The id of the database.</param>
/// <param name="Device">The device's id.</param>
/// <param name="Boot">The id of this boot of the device.</param>
internal sealed record ContainerOwner(string Database, string Device, string Boot)
{
    internal const string DatabaseLabel = "aios.database";
    internal const string DeviceLabel = "aios.device";
    internal const string BootLabel = "aios.boot";
    internal const string RunLabel = "aios.run";

    // The name must be unique on an engine that several databases share.
    private const int DatabaseDigits = 12;

    /// <summary>The name of a run's container.</summary>
    public static string NameOf(string database, long runId) =>
        string.Create(CultureInfo.InvariantCulture, $"aios-{Printable(database)}-{runId}");

    internal string NameOf(long runId) => NameOf(Database, runId);

    /// <summary>What all containers of a device carry, whatever boot of it made them.</summary>
    internal static IReadOnlyDictionary<string, string> Labels(string database, string device) =>
        new Dictionary<string, string> { [DatabaseLabel] = database, [DeviceLabel] = device };

    internal IReadOnlyDictionary<string, string> Labels(RunRequest request) =>
        new Dictionary<string, string>(Labels(Database, Device))
        {
            [BootLabel] = Boot,
            [RunLabel] = Text(request.RunId),
            ["aios.trigger"] = Text(request.TriggerId),
            ["aios.attempt"] = Text(request.Attempt),
            ["aios.job"] = request.Job.Name,
        };

    internal static long? RunOf(IDictionary<string, string>? labels) =>
        long.TryParse(Find(labels, RunLabel), CultureInfo.InvariantCulture, out var run) ? run : null;

    internal static string? BootOf(IDictionary<string, string>? labels) => Find(labels, BootLabel);

    private static string? Find(IDictionary<string, string>? labels, string name) =>
        labels is not null && labels.TryGetValue(name, out var value) ? value : null;

    private static string Printable(string database) => string.Concat(database.Where(char.IsAsciiLetterOrDigit).Take(DatabaseDigits));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
