using System.Text;
using Aios.Platform;

namespace Aios.Cli;

/// <summary>
/// What the verbs and the daemon write goes through here, so that no text of others reaches a terminal as it is, whoever
/// writes it. Each call is looked at alone: a sequence that is written in pieces does not pass.
/// </summary>
internal sealed class TerminalWriter(TextWriter inner, bool colours) : TextWriter(inner.FormatProvider)
{
    private bool _coloured;

    /// <inheritdoc />
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc />
    public override void Write(char value) => Write([value]);

    /// <inheritdoc />
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (TerminalText.Of(buffer, colours, ref _coloured) is { } clean)
            inner.Write(clean);
        else
            inner.Write(buffer);
    }

    /// <inheritdoc />
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc />
    public override void WriteLine() => Write(CoreNewLine);

    /// <inheritdoc />
    public override void WriteLine(ReadOnlySpan<char> buffer) => Write($"{buffer}{NewLine}");

    /// <inheritdoc />
    public override void WriteLine(string? value) => Write(value + NewLine);

    /// <inheritdoc />
    public override void Flush() => inner.Flush();
}
