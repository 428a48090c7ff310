namespace Aios.Cli;

/// <summary>Standard output and error, also of a process that was started without them.</summary>
public static class StandardStreams
{
    /// <summary>Standard output; nothing where it is closed.</summary>
    public static TextWriter Out => OrNothing(() => Console.Out);

    /// <summary>Standard error; nothing where it is closed.</summary>
    public static TextWriter Error => OrNothing(() => Console.Error);

    private static TextWriter OrNothing(Func<TextWriter> stream)
    {
        try
        {
            return stream();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return TextWriter.Null;
        }
    }
}
