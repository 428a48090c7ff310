namespace Aios.Jobs.Yaml;

/// <summary>A node of a YAML document, with aliases and merge keys already resolved. Lines and columns count from 1.</summary>
internal abstract class YamlNode(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>How many levels of nodes lie in it, itself included.</summary>
    public int Height { get; init; } = 1;

    /// <summary>What it costs when written out in full, with each alias counted as often as it is used.</summary>
    public long Size { get; init; }

    /// <summary>Whether it says "nothing": null, ~ or no text at all.</summary>
    public virtual bool IsNull => false;

    /// <summary>What a person sees there, short enough for a message.</summary>
    public abstract string Found { get; }
}
