using Aios.Jobs.Formats;

namespace Aios.Jobs.Places;

/// <summary>What a container sees of the machine, as <c>docker run -v</c> writes it.</summary>
internal sealed class VolumesFormat : ListFormat<JobVolume>
{
    // Where AIOS itself puts things.
    private const string Reserved = "/aios";

    /// <inheritdoc/>
    public override string Kind => "list of source:target or source:target:ro";

    /// <inheritdoc/>
    public override string Expected => "a list such as [\"./data:/data:ro\", \"cache:/cache\"]";

    /// <inheritdoc/>
    protected override string ExpectedItem =>
        $"source:target or source:target:ro; the source a path from the home (./data), an absolute one, or the name of a volume; the "
        + $"target an absolute path outside of {Reserved}";

    /// <inheritdoc/>
    protected override string ItemPattern => "^[^:]+:/[^:]*(:ro|:rw)?$";

    /// <inheritdoc/>
    protected override JobVolume? Parse(string text)
    {
        if (text.Any(char.IsControl) || text.Split(':') is not { Length: 2 or 3 } parts)
            return null;
        if (parts.Length == 3 && parts[2] is not ("ro" or "rw"))
            return null;
        var volume = parts[0].Length > 0 ? new JobVolume(parts[0], parts[1], parts is [_, _, "ro"]) : null;
        return volume is not null && (volume.IsPath || IsName(parts[0])) && IsTarget(parts[1]) ? volume : null;
    }

    private static bool IsName(string text) =>
        char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private static bool IsTarget(string text) =>
        text.Length > 1 && text[0] == '/' && text != Reserved && !text.StartsWith(Reserved + "/", StringComparison.Ordinal);
}
