using Aios.Cli.Confirm;
using Aios.Control.Confirm;
using Aios.Jobs.Yaml;
using Aios.Platform;

namespace Aios.Cli;

/// <summary>The home's own settings: <c>aios.yaml</c>, a map of names and values. A home without one is a good home.</summary>
internal sealed class SettingsFile
{
    public const string Name = "aios.yaml";
    private const string ConfirmKey = "confirm";
    private static readonly string[] Known =
    [
        "db",
        "device_id",
        "tags",
        "max_parallel",
        "journal",
        "python",
        "idle_cpu",
        "idle_after",
        "keep_days",
        "keep_runs",
        "keep_log_lines",
        "keep_mb",
        "keep_keys_days",
        "listen",
        "tls_cert",
        "tls_key",
        "hosts",
        "rate_limit",
        "smtp",
        "smtp_from",
        "log_format",
        "log_level",
        ConfirmKey,
    ];
    private readonly Dictionary<string, string> _values;

    private SettingsFile(Dictionary<string, string> values, ConfirmRules confirm) => (_values, Confirm) = (values, confirm);

    /// <summary>Who must confirm which operations.</summary>
    public ConfirmRules Confirm { get; }

    private static SettingsFile Empty => new([], ConfirmRules.Default);

    /// <summary>The value of a setting, or null.</summary>
    public string? Find(string key) => _values.GetValueOrDefault(key);

    /// <exception cref="CommandLineException">It cannot be read, or names a setting that is not known.</exception>
    public static SettingsFile Read(string path)
    {
        if (!File.Exists(path))
            return Empty;
        var text = TextOf(path);
        try
        {
            if (YamlTree.Read(text) is not [{ IsNull: false } root, ..])
                return Empty;
            if (root is not YamlMap map)
                throw new CommandLineException($"{path}: expected a map of settings such as \"max_parallel: 4\".");
            var confirm = map.Find(ConfirmKey) is { } entry ? ConfirmSettings.Read(entry.Value, path) : ConfirmRules.Default;
            return new SettingsFile(ValuesOf(map, path), confirm);
        }
        catch (YamlSyntaxException error)
        {
            var excerpt = YamlExcerpt.Of(new YamlLines(text), error.Marks);
            throw new CommandLineException(
                $"{path}:{error.Line}:{error.Column}: {error.Message}.\n  {excerpt.Replace("\n", "\n  ", StringComparison.Ordinal)}"
            );
        }
    }

    private static string TextOf(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandLineException($"{path} cannot be read: {error.Message}");
        }
    }

    private static Dictionary<string, string> ValuesOf(YamlMap map, string path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            var key = KeyOf(entry.Key, path);
            if (!values.TryAdd(key, key == ConfirmKey ? "" : ValueOf(entry.Value, path)))
                throw new CommandLineException($"{path}:{entry.Key.Line}: \"{entry.Name}\" is written twice. Remove one of them.");
        }

        return values;
    }

    private static string KeyOf(YamlScalar key, string path)
    {
        if (Known.Contains(key.Text))
            return key.Text;
        throw new CommandLineException(
            $"{path}:{key.Line}: unknown setting {YamlScalar.Quoted(key.Text)}. Known ones: {string.Join(", ", Known)}."
                + NearestName.Hint(key.Text, Known)
        );
    }

    private static string ValueOf(YamlNode node, string path) =>
        node switch
        {
            YamlScalar scalar => scalar.Text,
            YamlList list => string.Join(',', list.Items.Select(item => ValueOf(item, path))),
            _ => throw new CommandLineException($"{path}:{node.Line}: expected a value or a list of values."),
        };
}
