namespace Aios.Import;

/// <summary>Reads what was named.</summary>
internal static class TextFile
{
    /// <summary>The whole text, with line breaks as <c>\n</c>.</summary>
    /// <exception cref="ImportException">It cannot be read.</exception>
    public static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path).ReplaceLineEndings("\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"{path} cannot be read: {error.Message}", error);
        }
    }
}
