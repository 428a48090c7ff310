namespace Aios.Platform;

/// <summary>How deep a text is nested that ought to be JSON, whatever its depth.</summary>
internal static class JsonNesting
{
    /// <summary>Whether brackets stand deeper in each other than anything here reads.</summary>
    public static bool IsTooDeep(ReadOnlySpan<char> json)
    {
        var (depth, inText) = (0, false);
        for (var at = 0; at < json.Length; at++)
        {
            if (json[at] == '"')
                inText = !inText;
            if (inText && json[at] == '\\')
                at++;
            if (inText)
                continue;
            if (json[at] is '[' or '{')
                depth++;
            if (json[at] is ']' or '}')
                depth--;
            if (depth > DeepJson.MaxDepth)
                return true;
        }

        return false;
    }
}
