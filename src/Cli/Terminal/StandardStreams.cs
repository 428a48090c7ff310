using System.Text;
using Aios.Platform.Linux;

namespace Aios.Cli;

/// <summary>Standard output and error, also of a process that was started without them.</summary>
internal static class StandardStreams
{
    private const int OutputDescriptor = 1;
    private const int ErrorDescriptor = 2;

    /// <summary>Standard output; nothing where it is closed.</summary>
    public static TextWriter Out => OrNothing(OutputDescriptor, () => Console.Out);

    /// <summary>Standard error; nothing where it is closed.</summary>
    public static TextWriter Error => OrNothing(ErrorDescriptor, () => Console.Error);

    // Each line is out when it has been written, whoever writes it.
    private static TextWriter OrNothing(int descriptor, Func<TextWriter> elsewhere)
    {
        if (OperatingSystem.IsLinux())
            return DescriptorStream.Open(descriptor) is { } stream
                ? TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true })
                : TextWriter.Null;
        try
        {
            return elsewhere();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return TextWriter.Null;
        }
    }
}
