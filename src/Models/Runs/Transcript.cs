using System.Text;
using Aios.Running;

namespace Aios.Models.Runs;

/// <summary>Writes a conversation to the log of its run, from several threads.</summary>
internal sealed class Transcript(RunLog log)
{
    private readonly Lock _gate = new();

    /// <summary>Something that was said; further lines of it are indented.</summary>
    public void Say(string who, string text) => Write(OutputStream.Out, $"{who}: {text}");

    /// <summary>Something that somebody should look at.</summary>
    public void Warn(string text) => Write(OutputStream.Error, $"<4>{text}");

    private void Write(OutputStream stream, string text)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Replace("\n", "\n  ", StringComparison.Ordinal);
        lock (_gate)
            log.Feed(stream, Encoding.UTF8.GetBytes($"{lines}\n"));
    }
}
