using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aios.Models.Verification.Grounding.Scanning;
using Aios.Models.Verification.Grounding.Sources;

namespace Aios.Models.Verification.Grounding;

/// <summary>Divides an answer into passages: plain text, Markdown or JSON.</summary>
internal sealed class AnswerReader
{
    private const int MostDepth = 64;

    private static readonly Regex Fence = new(@"^\s*```", RegexOptions.CultureInvariant);

    private static readonly Regex ListItem = new(
        @"^(?<indent>\s*)(?:[-*+•–]|\(?\d{1,3}[.)](?=\s)|\(?[a-z][.)](?=\s))\s+(?:\[[ xX]\]\s+)?(?<rest>.*)$",
        RegexOptions.CultureInvariant
    );

    private static readonly Regex BoldLine = new(@"^\s*(?:\*\*|__)(?<title>[^*_]+)(?:\*\*|__):?\s*$", RegexOptions.CultureInvariant);

    private static readonly Regex SentenceEnd = new(
        @"(?<=[.!?…][)""”’*]*)(?<!\b(?:approx|ca|vs|no|nr|dr|mr|mrs|ms|prof|st|inc|ltd|co|corp|e\.g|i\.e|z\.B|bzw"
            + @"|mio|mrd|tsd|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez|fig|est|avg|max|min|incl|excl|etc|resp"
            + @"|inkl|zzgl|d\.h|u\.a|ggf|evtl|usw)\.)(?<!\b\d{1,2}\.)(?<!\b[A-Z]\.)\s+(?=[\p{Lu}\d""“„(*€$+\-])"
            // A number with a point may be a rank, 3. Quartal, but not before a word that begins a sentence.
            + @"|(?<=\w \d{1,2}\.)\s+(?-i:(?=(?:The|This|These|It|In|On|At|Of|An?|There|They|We|He|She|Both|All|Most|Only|No|Compared"
            + @"|Der|Die|Das|Es|Im|Am|Damit|Insgesamt|Davon|Dies|Les?|La|El|Los|Las|Il)\s))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    private static readonly Regex German = new(
        @"\b(?:der|die|das|und|ist|sind|von|mit|für|auf|den|dem|des|wurde|wurden|um|ein|eine|im|zum|zur|bei|nach"
            + @"|gegenüber|liegt|insgesamt|beträgt|betrug|am|vom|vor|nur|pro|zu|sich|war|waren|hat|haben|wird|werden|bis|aus|als|über|unter"
            + @"|nicht|kein|keine|noch|auch|sehr|Sie|wir|Ihr|Ihre|Uhr|davon|lag|ging|gingen)\b|[äöüß]",
        RegexOptions.CultureInvariant
    );

    // French, Spanish, Italian, Portuguese and Dutch.
    private static readonly Regex Other = new(
        @"\b(?:le|la|les|du|des|et|est|une|pour|avec|dans|sur|au|aux|el|los|las|del|y|con|por|una|un|il|lo|gli|di|che|della|dei|nel|e|o|os"
            + @"|da|do|dos|em|uma|com|het|een|van|en|de|voor|met|op|zijn|werd)\b|[çñãõ]",
        RegexOptions.CultureInvariant
    );

    private static readonly Regex English = new(
        @"\b(?:[Tt]he|and|is|are|of|with|for|[Oo]n|was|were|by|an|a|[Ii]n|to|[Aa]t|[Ff]rom|total|that|had|has|[Tt]his|not|no|we|it|be)\b",
        RegexOptions.CultureInvariant
    );

    private static readonly Regex Marks = new(
        @"\*\*|__(?=\S)|(?<=\S)__(?!\w)|(?<![\w*])\*(?=\S)|(?<=[\w.)%])\*(?!\w)|</?(?:b|i|strong|em|br ?/?)>",
        RegexOptions.CultureInvariant
    );

    // What follows is who writes.
    private static readonly Regex SignOff = new(
        @"^\s*(?:best|best regards|kind regards|warm regards|regards|thanks|thank you|many thanks|cheers|sincerely"
            + @"|best wishes|all the best|with (?:best|kind|warm) regards|take care|talk soon|see you(?: soon)?"
            + @"|yours|yours (?:sincerely|truly|faithfully)|have a (?:great|nice|good|wonderful) (?:day|week|weekend|evening)"
            + @"|mit (?:freundlichen|besten|herzlichen) grüßen|(?:viele|beste|liebe|schöne|herzliche|freundliche) grüße"
            + @"|gruß|mfg|lg|vg)[,!.]?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    // Who is written to need not be in the source.
    private static readonly Regex Greeting = new(
        @"^\s*(?i:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|guten (?:tag|morgen)|moin|liebe[rs]?"
            + @"|sehr geehrte[rs]?)(?: [\p{L}.'’-]+){1,5}[,!:](?=\s|$)",
        RegexOptions.CultureInvariant
    );

    private static readonly Regex Signature = new(@"^\s*\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]*){0,2}\s*$", RegexOptions.CultureInvariant);

    private static readonly Regex Links = new(@"!?\[(?<text>[^\]]*)\]\([^)]*\)", RegexOptions.CultureInvariant);

    private readonly List<Passage> _passages = [];
    private readonly List<(int Indent, string Text)> _parents = [];
    private readonly HashSet<int> _lists = [];
    private string _heading = "";
    private string _lead = "";
    private int _items;
    private int _series;
    private string _last = "";
    private bool _isGreeted;
    private bool _isSigned;

    /// <summary>The passages of an answer.</summary>
    public static IReadOnlyList<Passage> Read(string answer)
    {
        var reader = new AnswerReader();
        if (Parse(answer) is { } json)
            reader.ReadJson(json, "", "", "", 0);
        else
            reader.ReadMarkdown(answer);
        var (german, english, other) = (German.Count(answer), English.Count(answer), Other.Count(answer));
        var isGerman = german > english && german >= other;
        var isOther = other > english && other > german;
        var small = Words.Split(answer).Where(word => char.IsLower(word[0])).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. reader._passages.Select(passage =>
                passage with
                {
                    IsGerman = isGerman,
                    IsOther = isOther,
                    Lists = reader._lists,
                    Small = small,
                }
            ),
        ];
    }

    private static JsonElement? Parse(string answer)
    {
        var text = answer.Trim();
        if (
            text.StartsWith("```", StringComparison.Ordinal)
            && text.EndsWith("```", StringComparison.Ordinal)
            && text.Contains('\n', StringComparison.Ordinal)
        )
            text = text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..^3].Trim();
        if (text.Length == 0 || text[0] is not ('{' or '[' or '"'))
            return null;
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void ReadJson(JsonElement element, string keys, string around, string lead, int depth)
    {
        if (depth > MostDepth)
            return;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var beside = string.Join(" ; ", element.EnumerateObject().Select(Beside).Where(text => text.Length > 0));
                var labels = string.Join(
                    " ; ",
                    element.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String).Select(Beside)
                );
                foreach (var member in element.EnumerateObject())
                    ReadJson(
                        member.Value,
                        $"{keys} {member.Name}".Trim(),
                        $"{beside} ; {around}",
                        labels.Length == 0 ? lead : labels,
                        depth + 1
                    );
                break;
            case JsonValueKind.Array:
                _lists.Add(element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                    ReadJson(item, keys, around, lead, depth + 1);
                break;
            case JsonValueKind.Number:
                AddLeaf(element.GetRawText(), keys, around, lead);
                break;
            case JsonValueKind.String:
                AddLeaf(Wire.Json.TextOf(element) ?? "", keys, around, lead);
                break;
        }
    }

    private void AddLeaf(string text, string keys, string around, string lead)
    {
        if (text.Contains('\n', StringComparison.Ordinal) || SentenceEnd.IsMatch(text))
        {
            (_heading, _lead) = (keys, "");
            ReadMarkdown(text);
            return;
        }

        if (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && text.Contains('e', StringComparison.OrdinalIgnoreCase)
        )
            text = value.ToString("0.############", CultureInfo.InvariantCulture);
        var field = string.Join(' ', Words.Split(keys));
        _passages.Add(
            new Passage(text, PassageKind.Leaf)
            {
                Field = field,
                Lead = lead,
                Around = around,
            }
        );
    }

    private static string Beside(JsonProperty member) =>
        member.Value.ValueKind switch
        {
            JsonValueKind.String when Wire.Json.TextOf(member.Value) is { Length: <= 200 } text =>
                $"{string.Join(' ', Words.Split(member.Name))} {text}",
            JsonValueKind.Number => $"{string.Join(' ', Words.Split(member.Name))} {member.Value.GetRawText()}",
            _ => "",
        };

    private void ReadMarkdown(string text)
    {
        var lines = text.Split('\n');
        _last = text.TrimEnd()[(text.TrimEnd().LastIndexOf('\n') + 1)..];
        var paragraph = new List<string>();
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at].TrimEnd();
            if (at + 1 < lines.Length && line.Contains('|', StringComparison.Ordinal) && TextTables.IsDivider(lines[at + 1]))
            {
                EndParagraph(paragraph);
                at = ReadTable(lines, at);
            }
            else
            {
                ReadLine(line, paragraph);
            }
        }

        EndParagraph(paragraph);
        EndList();
    }

    private void ReadLine(string line, List<string> paragraph)
    {
        if (string.IsNullOrWhiteSpace(line) || Fence.IsMatch(line) || line.Trim().All(letter => letter is '-' or '=' or '*' or '_'))
        {
            EndParagraph(paragraph);
        }
        else if (line.TrimStart().StartsWith('#') && line.TrimStart().TrimStart('#') is ['\u0020', ..] title)
        {
            EndParagraph(paragraph);
            ReadHeading(title.Trim());
        }
        else if (BoldLine.Match(line) is { Success: true } bold)
        {
            EndParagraph(paragraph);
            ReadHeading(bold.Groups["title"].Value.Trim());
        }
        else if (ListItem.Match(line) is { Success: true } item)
        {
            EndParagraph(paragraph);
            ReadItem(item.Groups["indent"].Length, Plain(item.Groups["rest"].Value));
        }
        else
        {
            if (line[0] is not (' ' or '\t'))
                EndList();
            paragraph.Add(line.Trim().TrimStart('>').Trim());
        }
    }

    private void ReadHeading(string title)
    {
        EndList();
        _heading = Plain(title);
        _lead = "";
        _passages.Add(new Passage(_heading, PassageKind.Heading));
    }

    private void ReadItem(int indent, string text)
    {
        while (_parents.Count > 0 && _parents[^1].Indent >= indent)
            _parents.RemoveAt(_parents.Count - 1);
        var parents = string.Join(" ; ", _parents.Select(parent => parent.Text));
        _parents.Add((indent, text));
        if (_parents.Count == 1)
            _items++;
        foreach (var sentence in Sentences(text))
            _passages.Add(
                new Passage(sentence, PassageKind.Sentence)
                {
                    Lead = $"{parents} ; {_lead} ; {_heading}",
                    Around = text,
                    Series = $"list {_series} {_parents.Count}",
                }
            );
    }

    private void EndList()
    {
        if (_items > 0)
        {
            _lists.Add(_items);
            _series++;
        }

        _items = 0;
        _parents.Clear();
    }

    private void EndParagraph(List<string> paragraph)
    {
        if (paragraph.Count == 0)
            return;
        // A line that says one thing, "Total: 12", is one for itself.
        var text = Plain(Joined(paragraph));
        var isSignature = _isSigned;
        _isSigned |= paragraph.Exists(SignOff.IsMatch);
        paragraph.Clear();
        foreach (var whole in text.Split('\n'))
        {
            var line = Greeted(whole);
            isSignature |= _isGreeted && whole == _last.Trim() && Signature.IsMatch(line);
            foreach (var sentence in Sentences(line))
                _passages.Add(
                    new Passage(sentence, isSignature ? PassageKind.Heading : PassageKind.Sentence) { Lead = _heading, Around = text }
                );
            isSignature |= SignOff.IsMatch(line);
        }

        _lead = text.EndsWith(':') ? text[(text.LastIndexOf('\n') + 1)..] : "";
    }

    // A line without the greeting that it begins with.
    private string Greeted(string line)
    {
        if (_isGreeted || Greeting.Match(line) is not { Success: true } greeting)
            return line;
        _isGreeted = true;
        _passages.Add(new Passage(greeting.Value, PassageKind.Heading));
        return line[greeting.Length..].Trim();
    }

    private int ReadTable(string[] lines, int at)
    {
        EndList();
        var head = TextTables.Cells(Plain(lines[at]));
        foreach (var cell in head.Where(cell => cell.Length > 0))
            _passages.Add(new Passage(cell, PassageKind.Heading) { Lead = _heading });
        var count = 0;
        for (at += 2; at < lines.Length && lines[at].Contains('|', StringComparison.Ordinal); at++, count++)
            ReadRow(head, TextTables.Cells(Plain(lines[at])));
        _lists.Add(count);
        _series++;
        return at - 1;
    }

    private void ReadRow(string[] head, string[] cells)
    {
        var label = Array.Find(cells, cell => cell.Any(char.IsLetter)) ?? "";
        var row = string.Join(" ; ", cells.Zip(head, (cell, name) => $"{name} {cell}"));
        for (var index = 0; index < cells.Length; index++)
        {
            var name = index < head.Length ? head[index] : "";
            if (cells[index].Length == 0 || name.ToLowerInvariant() is "#" or "rank" or "nr" or "nr." or "no." or "rang" or "pos" or "pos.")
                continue;
            _passages.Add(
                new Passage(cells[index], PassageKind.Cell)
                {
                    Field = name,
                    Lead = $"{label} ; {_lead} ; {_heading}",
                    Around = row,
                    Series = $"table {_series} {name}",
                }
            );
        }
    }

    // A line that begins with a small letter continues the sentence.
    private static string Joined(List<string> lines)
    {
        var text = new StringBuilder(lines[0]);
        foreach (var line in lines.Skip(1))
            text.Append(line.Length > 0 && char.IsLower(line[0]) ? ' ' : '\n').Append(line);
        return text.ToString();
    }

    private static IEnumerable<string> Sentences(string text) =>
        SentenceEnd.Split(text).Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0);

    private static string Plain(string text) => Marks.Replace(Links.Replace(text, "${text}"), "");
}
