namespace Aios.Jobs.Yaml;

/// <summary>
/// Follows the indentation of a text that is not YAML, and finds the first line that does not fit those above it. A
/// parser says where it could not go on; people want to know which line they have written otherwise than the others.
/// </summary>
internal sealed class YamlOutline
{
    private readonly YamlLines _lines;
    private readonly Stack<BlockLevel> _levels = new();
    private YamlSyntaxException? _disorder;

    private YamlOutline(YamlLines lines) => _lines = lines;

    /// <summary>The first disorder, or null if the lines are in order as far as indentation, names and quotes go.</summary>
    public static YamlSyntaxException? FindDisorder(YamlLines lines)
    {
        var outline = new YamlOutline(lines);
        for (var number = 1; number <= lines.Count && outline._disorder is null; )
            number = outline.Read(number);
        return outline._disorder;
    }

    // Each of these answers the number of the line to go on with.
    private int Read(int number)
    {
        var line = _lines[number];
        var at = LineScan.Content(line, 0);
        if (LineScan.IsEmpty(line, LineScan.Part(line, at)))
            return number + 1;
        if (LineScan.IsMarker(line))
        {
            _levels.Clear();
            return number + 1;
        }

        if (line[at] == '\t')
            Found(number, at, "a tab is used as indentation here; YAML wants spaces");
        else if (!FindOddSpace(number, line, at))
            return ReadEntries(number, line, at);
        return number + 1;
    }

    private int ReadEntries(int number, string line, int at)
    {
        var isFirst = true;
        for (; LineScan.IsDash(line, at); isFirst = false)
        {
            if (!Place(number, at, isList: true, isFirst))
                return number + 1;
            at = LineScan.Part(line, at + 1);
            _levels.Peek().IsOpen = LineScan.IsEmpty(line, at);
            if (_levels.Peek().IsOpen || FindOddSpace(number, line, at))
                return number + 1;
        }

        var colon = LineScan.Colon(line, at);
        if (colon < 0)
            return ReadText(number, line, at, isFirst);
        if (FindOddSpace(number, line, colon - 1))
            return number + 1;
        if (line[at] == '-')
        {
            FoundText(number, at);
            return number + 1;
        }

        return Place(number, at, isList: false, isFirst) ? ReadValue(number, line, LineScan.Part(line, colon + 1)) : number + 1;
    }

    // A line without a name: the item of a list, the rest of the value above it, or a mistake.
    private int ReadText(int number, string line, int at, bool isFirst)
    {
        if (!isFirst)
        {
            _levels.Peek().IsText = true;
            return ReadValue(number, line, at);
        }

        if (_levels.Count == 0)
            return ReadRoot(number, line, at);
        if (_levels.Peek() is { IsOpen: true } open && open.Column < at)
            return ReadValue(number, line, at);
        if (_levels.Peek().IsEmptyText)
            Found(
                number,
                at,
                $"the text of line {_levels.Peek().Line} is not indented; indent it by two more than its field",
                new YamlMark(_levels.Peek().Line, _levels.Peek().Column + 1)
            );
        else if (_levels.Any(level => level.Column == at))
            FoundText(number, at);
        return number + 1;
    }

    private int ReadRoot(int number, string line, int at)
    {
        var isJson = line[at] is '[' or '{';
        _levels.Push(new BlockLevel(isJson ? -1 : at, isList: false, number) { IsText = true });
        if (!isJson)
            return number + 1;

        number = BehindBrackets(number, at);
        _levels.Pop();
        return number;
    }

    private int ReadValue(int number, string line, int at)
    {
        if (FindOddSpace(number, line, at))
            return number + 1;
        at = LineScan.BehindProperties(line, at);
        var level = _levels.Peek();
        level.IsOpen = LineScan.IsEmpty(line, at);
        if (level.IsOpen)
            return number + 1;
        if (LineScan.IsTextBlock(line, at))
            return BehindTextBlock(number + 1, level.Column);
        return line[at] switch
        {
            '"' or '\'' => BehindQuotes(number, at),
            '[' or '{' => BehindBrackets(number, at),
            _ => number + 1,
        };
    }

    private int BehindTextBlock(int number, int column)
    {
        var first = 0;
        for (; number <= _lines.Count; number++)
        {
            var at = LineScan.Content(_lines[number], 0);
            if (at == _lines[number].Length)
                continue;
            if (at <= column)
                break;
            if (first == 0)
                first = number;
            var difference = LineScan.Content(_lines[first], 0) - at;
            if (difference > 0)
                Found(
                    number,
                    at,
                    $"this line is indented by {Spaces(difference)} less than the first line of its text, line {first}; no line of a text "
                        + $"may begin before its first",
                    new YamlMark(first, at + difference + 1)
                );
        }

        _levels.Peek().IsEmptyText = first == 0;
        return number;
    }

    private int BehindQuotes(int first, int at)
    {
        var quote = _lines[first][at];
        var end = LineScan.ClosingQuote(_lines[first], at + 1, quote);
        var number = first;
        while (end < 0 && number < _lines.Count)
            end = LineScan.ClosingQuote(_lines[++number], 0, quote);
        if (end < 0 || HoldsEntry(first + 1, number))
            Found(first, at, $"the text in quotes that begins here does not end on this line; look for a missing {quote}");
        else if (!LineScan.IsEmpty(_lines[number], LineScan.Part(_lines[number], end + 1)))
            FoundBehindQuotes(number, end, quote);
        return number + 1;
    }

    private void FoundBehindQuotes(int number, int end, char quote) =>
        Found(
            number,
            LineScan.Part(_lines[number], end + 1),
            quote == '\''
                ? "this text in quotes ends before here; look for a missing or an extra quote (a ' inside '...' is written '')"
                : "this text in quotes ends before here; look for a missing or an extra quote (a \" inside \"...\" is written \\\")"
        );

    // A text in quotes may go on below, but what looks like the next field is seldom meant as a part of it.
    private bool HoldsEntry(int first, int last)
    {
        for (var number = first; number <= last; number++)
        {
            var at = LineScan.Content(_lines[number], 0);
            if (at <= _levels.Peek().Column && (LineScan.IsDash(_lines[number], at) || LineScan.Colon(_lines[number], at) > at))
                return true;
        }

        return false;
    }

    private int BehindBrackets(int first, int at)
    {
        var depth = 0;
        for (var number = first; number <= _lines.Count; number++)
        {
            if (number > first && HoldsEntry(number, number))
                break;
            if (IsClosed(_lines[number], number == first ? at : 0, ref depth))
                return number + 1;
        }

        Found(
            first,
            at,
            _lines[first][at] == '['
                ? "the list that begins with [ here does not end; look for a missing ]"
                : "the map that begins with { here does not end; look for a missing }"
        );
        return first + 1;
    }

    private static bool IsClosed(string line, int at, ref int depth)
    {
        for (; at < line.Length && !LineScan.IsEmpty(line, at); at++)
        {
            if (line[at] is '[' or '{')
                depth++;
            if (line[at] is ']' or '}' && --depth == 0)
                return true;
            if (line[at] is '"' or '\'' && (at == 0 || line[at - 1] is ' ' or '[' or '{' or ',' or ':'))
                at = Math.Max(at, LineScan.ClosingQuote(line, at + 1, line[at]));
        }

        return false;
    }

    // Whether an entry may begin there; if so, its list or map is on top afterwards.
    private bool Place(int number, int column, bool isList, bool isFirst)
    {
        var left = isFirst ? Leave(column) : [];
        if (!_levels.TryPeek(out var top))
            return left.Count == 0 ? Enter(number, column, isList) : FoundIndentation(number, column, isList, left);
        if (!isFirst)
            return Enter(number, column, isList);
        if (top.IsText && (top.Column == column) != top.IsList)
            return FoundText(top.Line, LineScan.Content(_lines[top.Line], top.Column + (top.IsList ? 1 : 0)));
        if (top.Column == column)
            return PlaceBeside(number, top, isList, left);
        return left.Count == 0 && top.IsOpen ? Enter(number, column, isList) : FoundIndentation(number, column, isList, left);
    }

    private bool PlaceBeside(int number, BlockLevel top, bool isList, List<BlockLevel> left)
    {
        if (top.IsList == isList)
            return Continue(top, number);
        if (isList && top.IsOpen)
            return Enter(number, top.Column, isList);
        if (!isList && _levels.Skip(1).FirstOrDefault() is { IsList: false } map && map.Column == top.Column)
        {
            _levels.Pop();
            return Continue(map, number);
        }

        if (_levels.Concat(left).Any(level => level.IsList == isList))
            return FoundIndentation(number, top.Column, isList, left);
        return isList
            ? Found(
                number,
                top.Column,
                $"this line begins a list item, but line {top.FirstLine} above it begins in the same column without a dash; write \"- \" "
                    + $"before the first field of each item, and indent its other fields by two",
                new YamlMark(top.FirstLine, top.Column + 1, "no dash")
            )
            : Found(
                number,
                top.Column,
                $"this field begins in the column of the dash on line {top.Line}; indent the fields of a list item by two more",
                new YamlMark(top.Line, top.Column + 1)
            );
    }

    private List<BlockLevel> Leave(int column)
    {
        List<BlockLevel> left = [];
        while (_levels.TryPeek(out var level) && level.Column > column)
            left.Add(_levels.Pop());
        return left;
    }

    private bool Enter(int number, int column, bool isList)
    {
        _levels.Push(new BlockLevel(column, isList, number));
        return true;
    }

    private static bool Continue(BlockLevel level, int number)
    {
        level.Line = number;
        level.IsOpen = false;
        level.IsText = false;
        level.IsEmptyText = false;
        return true;
    }

    // It is compared with the entries above it that it lies nearest to.
    private bool FoundIndentation(int number, int column, bool isList, List<BlockLevel> left)
    {
        var above = left.Concat(_levels)
            .OrderBy(level => level.IsList == isList ? 0 : 1)
            .ThenBy(level => Math.Abs(level.Column - column))
            .First();
        var line = _levels.Count == 0 ? above.FirstLine : above.Line;
        var difference = Math.Abs(above.Column - column);
        var more = $"{Spaces(difference)} {(column > above.Column ? "more" : "less")}";
        var mark = new YamlMark(line, above.Column + 1);
        Found(
            number,
            column,
            $"this line is indented by {more} than the {above.Entry} above it, on line {line}; what belongs together begins in "
                + $"the same column",
            mark,
            more
        );

        // Far from either, it may as well be the line that encloses both which is in the wrong column.
        if (difference > 1 && _levels.TryPeek(out var outer) && outer != above)
            _disorder = _disorder!.With(new YamlMark(outer.Line, outer.Column + 1));
        return false;
    }

    private bool FoundText(int number, int at) => Found(number, at, NamelessLine.Explain(_lines[number], at));

    private bool FindOddSpace(int number, string line, int at)
    {
        if (at < 0 || at >= line.Length || !OddSpace.Is(line[at]))
            return false;

        Found(number, at, $"there is {OddSpace.Name(line[at])} here; {OddSpace.Remedy(line[at])}");
        return true;
    }

    private static string Spaces(int count) => count == 1 ? "1 space" : $"{count} spaces";

    // Always false, so that whoever looks for a place can return it.
    private bool Found(int number, int at, string problem, YamlMark? above = null, string note = "")
    {
        var mark = new YamlMark(number, at + 1, note);
        _disorder ??= new YamlSyntaxException(number, at + 1, problem) { Marks = above is { } other ? [other, mark] : [mark] };
        return false;
    }
}
