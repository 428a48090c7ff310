using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aios.Cli;

/// <summary>The home's own settings: <c>aios.yaml</c>, a map of names and values. A home without one is a good home.</summary>
internal sealed class SettingsFile
{
    public const string Name = "aios.yaml";
    private static readonly string[] Known = ["db", "device_id", "tags", "max_parallel", "journal", "python", "idle_cpu", "idle_after", "keep_days", "keep_runs", "keep_log_lines", "keep_mb", "keep_keys_days", "listen", "tls_cert", "tls_key", "hosts", "rate_limit", "smtp", "smtp_from", "log_format", "log_level"];
    private readonly Dictionary<string, string> _values;

    private SettingsFile(Dictionary<string, string> values) => _values = values;

    /// <summary>The value of a setting, or null.</summary>
    public string? Find(string key) => _values.GetValueOrDefault(key);

    /// <exception cref="CommandLineException">It cannot be read, or names a setting that is not known.</exception>
    public static SettingsFile Read(string path)
    {
        if (!File.Exists(path)) return new SettingsFile([]);
        try
        {
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            if (yaml.Documents.Count == 0) return new SettingsFile([]);
            if (yaml.Documents[0].RootNode is not YamlMappingNode map) throw new CommandLineException($"{path}: expected a map of settings such as \"max_parallel: 4\".");
            return new SettingsFile(map.Children.ToDictionary(pair => KeyOf(pair.Key, path), pair => ValueOf(pair.Value, path)));
        }
        catch (Exception error) when (error is YamlException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandLineException($"{path} cannot be read: {error.Message}");
        }
    }

    private static string KeyOf(YamlNode node, string path)
    {
        var key = (node as YamlScalarNode)?.Value ?? "";
        if (Known.Contains(key)) return key;
        throw new CommandLineException($"{path}:{node.Start.Line}: unknown setting \"{key}\". Known ones: {string.Join(", ", Known)}.");
    }

    private static string ValueOf(YamlNode node, string path) => node switch
    {
        YamlScalarNode scalar => scalar.Value ?? "",
        YamlSequenceNode list => string.Join(',', list.Children.Select(item => ValueOf(item, path))),
        _ => throw new CommandLineException($"{path}:{node.Start.Line}: expected a value or a list of values."),
    };
}
