namespace Aios.Models.Verification;

/// <summary>The block of Markdown into which many models put JSON, whatever is asked of them.</summary>
internal static class MarkdownFence
{
    private const string Fence = "```";

    /// <summary>The text in the block; of a text that is no such block, the text itself, without blanks around it.</summary>
    public static string Remove(string text)
    {
        var trimmed = text.Trim();
        var line = trimmed.IndexOf('\n', StringComparison.Ordinal);
        return line > 0 && trimmed.StartsWith(Fence, StringComparison.Ordinal) && trimmed.EndsWith(Fence, StringComparison.Ordinal)
            ? trimmed[line..^Fence.Length]
            : trimmed;
    }
}
