namespace Aios.Jobs.Yaml;

/// <summary>A text that cannot be read as YAML at all, and where. Never leaves the loader.</summary>
internal sealed class YamlFault(int line, int column, string problem, Exception? cause = null) : Exception(problem, cause)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
