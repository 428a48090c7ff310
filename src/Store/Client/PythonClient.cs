namespace Aios.Store.Client;

/// <summary>
/// What a Python program gets by <c>import aios</c>: one file, with its own few statements, since it speaks to the
/// database from the program's own process.
/// </summary>
internal static class PythonClient
{
    /// <summary>What the file must be called, to be imported.</summary>
    public const string FileName = "aios.py";

    /// <summary>The file's text.</summary>
    public static string Read()
    {
        using var stream = typeof(PythonClient).Assembly.GetManifestResourceStream(FileName)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
