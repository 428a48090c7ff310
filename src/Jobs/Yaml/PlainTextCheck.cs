using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Aios.Jobs.Yaml;

/// <summary>Looks at texts without quotes for what YAML takes otherwise than people mean it.</summary>
internal sealed class PlainTextCheck(string text, ICollection<YamlSyntaxException> doubts)
{
    private readonly Dictionary<AnchorName, Scalar> _unused = [];
    private YamlLines? _lines;

    private YamlLines Lines => _lines ??= new YamlLines(text);

    /// <summary>Looks at one text.</summary>
    /// <exception cref="YamlSyntaxException">It holds a list item that is indented too far to be one.</exception>
    public void Look(Scalar scalar)
    {
        if (!scalar.Anchor.IsEmpty)
            _unused[scalar.Anchor] = scalar;
        if (scalar.Value.Length == 0)
            LookBehindNothing(scalar);
        else
            LookAtEnds(scalar);
        if (scalar.End.Line > scalar.Start.Line)
            LookForItems(scalar);
    }

    /// <summary>Something refers to that anchor.</summary>
    public void NoteUse(AnchorName anchor) => _unused.Remove(anchor);

    /// <summary>Anchors belong to one document.</summary>
    public void EndDocument()
    {
        foreach (var scalar in _unused.Values)
            Doubt(
                scalar,
                $"\"&{scalar.Anchor.Value}\" is taken for a label that other places refer to, and none does; a text that begins with & "
                    + $"must be in quotes"
            );
        _unused.Clear();
    }

    private void LookBehindNothing(Scalar scalar)
    {
        var (line, column) = ((int)scalar.Start.Line, (int)scalar.Start.Column);
        var source = Lines[line];
        var at = LineScan.Part(source, Math.Min(column - 1, source.Length));
        if (at == 0 || at + 1 >= source.Length || source[at] != '#' || source[at + 1] is ' ' or '\t' or '#' or '!')
            return;
        doubts.Add(
            new YamlSyntaxException(
                line,
                at + 1,
                "there is no value here, for what follows a # is a comment; a text that begins with # must be in quotes"
            )
        );
    }

    private void LookAtEnds(Scalar scalar)
    {
        var (first, last) = (scalar.Value[0], scalar.Value[^1]);
        var odd = OddSpace.Is(first) ? first : last;
        if (OddSpace.Is(odd))
            Doubt(
                scalar,
                $"there is {OddSpace.Name(odd)} at the {(odd == first ? "beginning" : "end")} of this text; {OddSpace.Remedy(odd)}"
            );
        if (IsQuote(first) && IsQuote(last))
            Doubt(scalar, $"{first} and {last} are part of this text; YAML knows \"these\" and 'these' quotes alone");
    }

    // - a
    //  - b      is the one text "a - b", and nobody means that.
    private void LookForItems(Scalar scalar)
    {
        for (var number = (int)scalar.Start.Line + 1; number <= scalar.End.Line; number++)
        {
            var at = LineScan.Content(Lines[number], 0);
            if (!LineScan.IsDash(Lines[number], at))
                continue;

            var above = Lines[(int)scalar.Start.Line];
            var dash = LineScan.Content(above, 0);
            var comparison = LineScan.IsDash(above, dash) && dash < at ? $" (it is indented by {at - dash} more)" : "";
            throw new YamlSyntaxException(
                number,
                at + 1,
                $"this list item is taken for a part of the text on line {scalar.Start.Line}, as it is indented further than that "
                    + $"allows{comparison}; begin the items of a list in the same column, or put the text in quotes"
            )
            {
                Marks = [new((int)scalar.Start.Line, dash + 1), new(number, at + 1)],
            };
        }
    }

    private void Doubt(Scalar scalar, string problem) =>
        doubts.Add(new YamlSyntaxException((int)scalar.Start.Line, (int)scalar.Start.Column, problem));

    private static bool IsQuote(char c) => c is '“' or '”' or '„' or '‟' or '‘' or '’' or '‚' or '«' or '»';
}
