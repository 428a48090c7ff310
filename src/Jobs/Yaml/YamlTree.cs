using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Aios.Jobs.Yaml;

/// <summary>
/// Reads YAML (and JSON, which is YAML) into nodes. It takes the parser's events instead of the parser's own document
/// model, because that one recurses, keeps cycles, and gives up at the first name that is written twice.
/// </summary>
internal sealed class YamlTree
{
    /// <summary>Levels of lists and maps in one another. Beyond it the parser's time grows with the square of the depth.</summary>
    public const int MaxDepth = 64;

    /// <summary>What one node counts besides its text, towards <see cref="MaxSize"/>.</summary>
    public const int SizeOfNode = 16;

    /// <summary>The most that a file's nodes may come to with all aliases written out.</summary>
    public const long MaxSize = 64 * 1024 * 1024;

    private readonly Dictionary<AnchorName, YamlNode?> _anchors = [];
    private readonly Stack<OpenNode> _open = new();
    private readonly List<YamlNode> _documents = [];
    private readonly PlainTextCheck _check;
    private long _size;

    private YamlTree(PlainTextCheck check) => _check = check;

    /// <summary>The root of each document in the text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="doubts">Takes what is valid, and probably means something else than its writer thinks.</param>
    /// <exception cref="YamlSyntaxException">The text is not YAML, or too deep or too large to be a job list.</exception>
    public static ImmutableArray<YamlNode> Read(string text, ICollection<YamlSyntaxException>? doubts = null)
    {
        ParsingEvent? last = null;
        try
        {
            var tree = new YamlTree(new PlainTextCheck(text, doubts ?? []));
            var parser = new Parser(new StringReader(text));
            while (parser.MoveNext())
            {
                last = parser.Current!;
                tree.Take(last);
            }

            return [.. tree._documents];
        }
        catch (YamlException error)
        {
            throw YamlHint.Explain(text, Number(error.Start.Line), Number(error.Start.Column), error);
        }
        catch (Exception error) when (error is not (YamlSyntaxException or OutOfMemoryException))
        {
            // The parser lets other exceptions through on some malformed texts; it stopped after the last event.
            throw YamlHint.Explain(text, Number(last?.End.Line ?? 1), Number(last?.End.Column ?? 1), error);
        }
    }

    private void Take(ParsingEvent parsed)
    {
        switch (parsed)
        {
            case DocumentStart:
                _anchors.Clear();
                break;
            case DocumentEnd:
                _check.EndDocument();
                break;
            case Scalar scalar:
                Add(ToScalar(scalar), scalar.Anchor);
                break;
            case SequenceStart start:
                CheckTag(start, "seq");
                Open(start, isMap: false);
                break;
            case MappingStart start:
                CheckTag(start, "map");
                Open(start, isMap: true);
                break;
            case SequenceEnd or MappingEnd:
                var closed = _open.Pop();
                Add(closed.Close(), closed.Anchor);
                break;
            case AnchorAlias alias:
                Add(Resolve(alias), AnchorName.Empty);
                break;
        }
    }

    private void Open(NodeEvent start, bool isMap)
    {
        if (_open.Count >= MaxDepth)
            throw Fault(start, $"lists and maps lie more than {MaxDepth} deep in one another here");
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor] = null;
        Grow(start, SizeOfNode);
        _open.Push(new OpenNode(Number(start.Start.Line), Number(start.Start.Column), start.Anchor, isMap));
    }

    private void Add(YamlNode node, AnchorName anchor)
    {
        if (!anchor.IsEmpty)
            _anchors[anchor] = node;
        if (_open.TryPeek(out var parent))
            parent.Add(node);
        else
            _documents.Add(node);
    }

    private YamlScalar ToScalar(Scalar scalar)
    {
        var cost = SizeOfNode + scalar.Value.Length;
        Grow(scalar, cost);
        if (scalar.Style == ScalarStyle.Plain)
            _check.Look(scalar);
        return new YamlScalar(Number(scalar.Start.Line), Number(scalar.Start.Column), scalar.Value, IsPlain(scalar)) { Size = cost };
    }

    private static bool IsPlain(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty)
            return scalar.Style == ScalarStyle.Plain;

        return scalar.Tag.IsNonSpecific
            ? scalar.Tag.Value == "?" && scalar.Style == ScalarStyle.Plain
            : scalar.Tag.Value switch
            {
                "tag:yaml.org,2002:str" => false,
                "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:null" => true,
                _ => throw Fault(
                    scalar,
                    $"the tag \"{scalar.Tag.Value}\" is not known; leave it out, or put a text that begins with ! in quotes"
                ),
            };
    }

    private static void CheckTag(NodeEvent start, string kind)
    {
        if (start.Tag.IsEmpty || start.Tag.IsNonSpecific || start.Tag.Value == "tag:yaml.org,2002:" + kind)
            return;
        throw Fault(start, $"the tag \"{start.Tag.Value}\" is not known; leave it out, or put a text that begins with ! in quotes");
    }

    private YamlNode Resolve(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var node))
        {
            throw Fault(alias, $"\"*{alias.Value}\" refers to nothing: there is no \"&{alias.Value}\" before it; {YamlHint.QuoteStar}");
        }

        _check.NoteUse(alias.Value);
        if (node is null)
            throw Fault(alias, $"\"*{alias.Value}\" refers to the value that it is itself a part of");
        if (_open.Count + node.Height > MaxDepth)
            throw Fault(alias, $"lists and maps lie more than {MaxDepth} deep in one another here");
        Grow(alias, node.Size);
        return node;
    }

    private void Grow(ParsingEvent at, long by)
    {
        _size += by;
        if (_size > MaxSize)
            throw Fault(
                at,
                "the file holds too much up to here, each alias (\"*name\") counted as often as it is used; split it into several files"
            );
    }

    private static YamlSyntaxException Fault(ParsingEvent at, string problem) =>
        new(Number(at.Start.Line), Number(at.Start.Column), problem);

    private static int Number(long lineOrColumn) => (int)Math.Clamp(lineOrColumn, 1, int.MaxValue);
}
