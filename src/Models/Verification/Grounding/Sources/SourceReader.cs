using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aios.Models.Verification.Grounding.Scanning;
using static Aios.Models.Verification.Grounding.Sources.SourceJson;
using Calendar = Aios.Models.Verification.Grounding.Scanning.Calendar;
using Row = System.Collections.Generic.Dictionary<string, System.Text.Json.JsonElement>;

namespace Aios.Models.Verification.Grounding.Sources;

/// <summary>Walks through a source and collects what it says.</summary>
internal sealed class SourceReader
{
    private const int MostDepth = 64;
    private const int MostLooseNumbers = 16;
    private const int MostYears = 2;
    private const int MostEntries = 2000;
    private const int WordsBefore = 2;
    private const int WordsBehind = 5;

    // Anna, Ben and Carla.
    private static readonly Regex Enumeration = new(
        @"(?:(?<item>[^,;:.\n]{1,40}), ){1,20}[^,;:.\n]{1,40}?(?:,? (?<item>and|und|or|oder|&|et|y|e)(?= ))",
        RegexOptions.CultureInvariant
    );

    private readonly SourceFacts _facts = new();

    // The rows of lists in the same place of each of their parents are one table.
    private readonly Dictionary<string, TableDraft> _drafts = new(StringComparer.Ordinal);

    private bool _isInRow;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Reads a document.</summary>
    public void Read(JsonElement source) => Visit(source, "", "", new Row(), 0);

    /// <summary>What was read.</summary>
    public SourceFacts Finish()
    {
        foreach (var draft in _drafts.Values)
        {
            if (draft.Finish() is { } table)
                Add(table);
        }

        AddYears();
        return _facts;
    }

    private void Add(SourceTable table)
    {
        _facts.Tables.Add(table);
        foreach (var column in table.Measures)
            AddSigns(column);
        if (table.IsLoose)
            return;
        _facts.Counts.Add(table.RowCount);
        _facts.Counts.Add(table.Measures.Count(column => !column.IsVirtual));
        foreach (var grouping in table.Groupings)
        {
            _facts.Counts.Add(grouping.Groups.Count);
            // What is so and what is not: done and open.
            if (grouping.Groups.Count <= 2)
            {
                _facts.Counts.UnionWith(grouping.Groups.Select(group => (double)group.Rows.Count));
                _facts.Shares.UnionWith(grouping.Groups.Select(group => group.Rows.Count * 100.0 / table.RowCount));
            }
        }
    }

    // How many are paid out and how many come in, or are none.
    private void AddSigns(SourceColumn column)
    {
        var numbers = column.Cells.Select(cell => cell?.Number).OfType<double>().ToList();
        if (numbers.Contains(0))
            _facts.Counts.UnionWith([numbers.Count(number => number == 0), numbers.Count(number => number != 0)]);
        if (!numbers.Exists(number => number < 0))
            return;
        _facts.Counts.Add(numbers.Count(number => number < 0));
        _facts.Counts.Add(numbers.Count(number => number > 0));
    }

    // A day without a year is in the year of the other dates.
    private void AddYears()
    {
        var years = _facts.Dates.Select(date => date.Year).OfType<int>().Distinct().Take(MostYears + 1).ToList();
        if (years.Count > MostYears)
            return;
        foreach (var date in _facts.Dates.Where(date => date is { Year: null, Month: not null }).Distinct().ToList())
        foreach (var year in years)
            AddDate(new WrittenDate([date with { Year = year }]));
    }

    private void Visit(JsonElement element, string place, string pattern, Row inherited, int depth)
    {
        if (depth > MostDepth)
            return;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                VisitObject(element, place, pattern, inherited, depth);
                break;
            case JsonValueKind.Array:
                VisitArray(element, place, pattern, inherited, depth);
                break;
            case JsonValueKind.String:
                VisitText(Wire.Json.TextOf(element) ?? "", place, depth);
                break;
            case JsonValueKind.Number:
                AddNumber(element, place);
                break;
        }
    }

    private void VisitObject(JsonElement element, string place, string pattern, Row inherited, int depth)
    {
        var members = element.EnumerateObject().ToList();
        // What is a row of a table is no table of its own.
        var isRow = pattern.EndsWith(']');
        var isMap = !isRow && ReadMap(members, pattern, inherited);
        ReadMapsOfSameNames(members, pattern);
        var own = new Row(inherited);
        if (!isMap)
            Flatten(element, "", own, 0);
        var labels = own.Where(IsLabel).ToDictionary(StringComparer.Ordinal);
        _facts.Counts.Add(members.Count);
        var lists = members.Where(member => member.Value.ValueKind == JsonValueKind.Array).ToList();
        if (lists.Count > 1)
            _facts.Counts.Add(lists.Sum(list => list.Value.GetArrayLength()));
        ReadParallel(members, pattern);
        if (own.Count > inherited.Count && !isRow && members.Count > 1)
            Draft(pattern + "{}", NameOf(place)).Add(own);
        foreach (var member in members)
        {
            AddName(member.Name);
            // The things of a map are rows of its table already.
            var next = isMap ? $"{pattern}.{{*}}[]" : $"{pattern}.{member.Name}";
            if (isMap)
                labels["name"] = Text(member.Name);
            Visit(member.Value, place.Length == 0 ? member.Name : $"{place}.{member.Name}", next, labels, depth + 1);
        }
    }

    // A name may be a day or say a year: 2026-05-06, orders_2025.
    private void AddName(string name)
    {
        if (!_names.Add(name))
            return;
        _facts.Words.Add(name);
        foreach (var token in TextScanner.Scan(name.Replace('_', ' ')))
        {
            if (token.Date is { } date)
                AddDate(date);
            else if (token.Number is { IsPlain: true } number && number.Readings[0].Value is >= 1900 and <= 2100 and var year)
                AddDate(new WrittenDate([new DateParts((int)year)]));
            else if (token.Number is { Unit: { IsTime: true } } span)
                _facts.NameNumbers.Add(span.Readings[0].Value);
        }
    }

    // An object that holds things of one kind under their names is a table too.
    private bool ReadMap(List<JsonProperty> members, string pattern, Row inherited)
    {
        var isOfNumbers = members.Count > 1 && members.TrueForAll(member => member.Value.ValueKind == JsonValueKind.Number);
        var isOfObjects = members.Count > 1 && members.TrueForAll(member => member.Value.ValueKind == JsonValueKind.Object);
        if (!isOfNumbers && !isOfObjects)
            return false;
        var draft = Draft(pattern + "{*}", pattern[(pattern.LastIndexOf('.') + 1)..]);
        foreach (var member in members)
        {
            var row = new Row(inherited) { ["name"] = Text(member.Name) };
            if (isOfNumbers)
                row["value"] = member.Value;
            else
                Flatten(member.Value, "", row, 0);
            draft.Add(row);
        }

        return isOfObjects;
    }

    // {"members": {"Basic": 412, "Plus": 238}, "price": {"Basic": 24.9, "Plus": 39.9}}
    private void ReadMapsOfSameNames(List<JsonProperty> members, string pattern)
    {
        var maps = members.Where(member => IsMapOfNumbers(member.Value)).ToList();
        if (maps.Count < 2)
            return;
        var names = maps[0].Value.EnumerateObject().Select(member => member.Name).ToList();
        var alike = maps.FindAll(map => map.Value.EnumerateObject().Select(member => member.Name).SequenceEqual(names));
        if (alike.Count < 2)
            return;
        foreach (var name in names)
        {
            var row = new Row { ["name"] = Text(name) };
            foreach (var map in alike)
                row[map.Name] = map.Value.GetProperty(name);
            Draft(pattern + "{=}", pattern[(pattern.LastIndexOf('.') + 1)..]).Add(row);
        }
    }

    // {"week": [1, 2], "sales": [10, 20]}
    private void ReadParallel(List<JsonProperty> members, string pattern)
    {
        var lists = members.Where(member => member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() > 1).ToList();
        if (
            lists.Count < 2
            || lists.Exists(list =>
                list.Value.GetArrayLength() != lists[0].Value.GetArrayLength() || !list.Value.EnumerateArray().All(IsScalar)
            )
        )
            return;
        var draft = Draft(pattern + "[=]", pattern[(pattern.LastIndexOf('.') + 1)..]);
        for (var index = 0; index < lists[0].Value.GetArrayLength(); index++)
        {
            var row = new Row();
            foreach (var list in lists)
                row[list.Name] = list.Value[index];
            draft.Add(row);
        }
    }

    private void VisitArray(JsonElement element, string place, string pattern, Row inherited, int depth)
    {
        var items = element.EnumerateArray().ToList();
        var next = pattern + "[]";
        var name = NameOf(place);
        _facts.Counts.Add(items.Count);
        if (items.Count > 1 && items.TrueForAll(item => item.ValueKind == JsonValueKind.Array))
            ReadLines(items, next, name);
        foreach (var (index, item) in items.Index())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                var row = new Row(inherited);
                Flatten(item, "", row, 0);
                Draft(next, name).Add(row);
                AddEnds(row);
                AddEntry(string.Join(' ', row.Values.Where(IsText).Select(Wire.Json.TextOf)));
            }
            else if (IsScalar(item))
            {
                Draft(next, name).Add(new Row(inherited) { [name.Length == 0 ? "value" : name] = item });
            }

            // What a row has is counted once.
            var wasInRow = _isInRow;
            _isInRow |= item.ValueKind == JsonValueKind.Object;
            Visit(item, $"{place}[{index}]", next, inherited, depth + 1);
            _isInRow = wasInRow;
        }
    }

    // What begins at 11:15 and takes 60 minutes ends at 12:15.
    private void AddEnds(Row row)
    {
        var times = row.Values.Where(IsText).Select(value => Wire.Json.TextOf(value) ?? "").Where(text => text.Length is > 3 and < 30);
        foreach (var time in times.SelectMany(TextScanner.Scan).Where(token => token.Time is not null).Select(token => token.Time!))
        foreach (var (name, value) in row)
        {
            if (
                value.ValueKind != JsonValueKind.Number
                || Unit.OfField(Words.OfField(name)) is not { IsTime: true } unit
                || !value.TryGetDouble(out var length)
            )
                continue;
            var minutes = (time.Hour * 60) + (time.Minute ?? 0) + (int)Math.Round(Math.Clamp(length * unit.Factor / 60, 0, 1e6));
            _facts.Ends.Add(new WrittenTime(minutes / 60 % 24, minutes % 60, null));
        }
    }

    // A table as lists of cells, the names of its columns first.
    private void ReadLines(List<JsonElement> lines, string pattern, string name)
    {
        var head = lines[0].EnumerateArray().ToList();
        var hasHead = head.TrueForAll(cell => cell.ValueKind == JsonValueKind.String);
        foreach (var line in lines.Skip(hasHead ? 1 : 0))
        {
            var row = new Row();
            foreach (var (index, cell) in line.EnumerateArray().Index())
                row[hasHead && index < head.Count ? head[index].GetString() ?? "" : $"column {index + 1}"] = cell;
            Draft(pattern + "[,]", name).Add(row);
        }
    }

    private void VisitText(string text, string place, int depth)
    {
        _facts.Words.Add(text);
        if (TryParse(text) is { } inner)
            Visit(inner, place, place + "()", new Row(), depth + 1);
        var (tables, rest) = TextTables.In(text);
        foreach (var (index, lines) in tables.Index())
            ReadTable(lines, place, index);
        ScanText(rest, place);
        var parts = rest.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (LineTables.In(parts) is { } log)
            ReadTable(log, place, tables.Count, isScanned: true);
        if (parts.Length > 1)
        {
            // The lines of a log, and those that begin with the same sign of a list or have a date.
            _facts.Counts.Add(parts.Length);
            _facts.Counts.Add(parts.Count(part => TextScanner.Scan(part).Exists(token => token.Date is not null)));
        }

        foreach (var part in parts.Length > 1 ? parts : rest.Split(". "))
        {
            AddEntry(part);
            foreach (var list in Enumeration.Matches(part).Where(list => list.Length < 1000))
                _facts.Counts.Add(list.Groups["item"].Captures.Count + 1);
        }
    }

    private void AddEntry(string text)
    {
        if (!_isInRow && _facts.Entries.Count < MostEntries && text.Length is > 0 and < 1000)
            _facts.Entries.Add(Words.Normal(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal));
    }

    private void ScanText(string text, string place)
    {
        var words = Words.OfField(NameOf(place));
        var loose = new List<string>();
        var tokens = TextScanner.Scan(text);
        foreach (var (index, token) in tokens.Index())
        {
            if (token.Date is { } date)
                AddDate(date);
            if (token.Time is { } time)
                _facts.Times.Add(time);
            if (token.Kind == TokenKind.Identifier)
                AddIdentifier(token.Text);
            if (token.Kind == TokenKind.Word && IsMonth(token, tokens.Count))
                AddDate(new WrittenDate([new DateParts(Month: Calendar.WholeMonth(token.Text))]));
            if (token.Kind == TokenKind.Word && NumeralReader.ReadWord(token.Text) is { } word)
                _facts.Values.Add(new SourceValue(word.Readings[0].Value, place, words, false) { Beside = Beside(text, tokens, index) });
            if (token.Number is not { } number)
                continue;
            AddNumber(number, text, token, place, words, Beside(text, tokens, index));
            if (!number.IsPlain)
                loose.Add(token.Text);
        }

        if (loose.Count is > 1 and <= MostLooseNumbers)
        {
            var draft = _drafts[$"{place}~"] = new TableDraft(NameOf(place), isLoose: true);
            foreach (var number in loose)
                draft.Add(new Row() { ["value"] = Text(number) });
        }
    }

    // May and March are also other words.
    private static bool IsMonth(Token token, int count) =>
        char.IsUpper(token.Text[0]) && Calendar.WholeMonth(token.Text) > 0 && (count == 1 || token.Text is not ("May" or "March"));

    // 40 work lamps and 15 cable drums: what is behind a number up to the next one, or else what is before it.
    private static string[] Beside(string text, List<Token> tokens, int at)
    {
        var behind = tokens
            .Skip(at + 1)
            .TakeWhile(token =>
                token.Kind == TokenKind.Word && text.AsSpan(tokens[at].End, token.Start - tokens[at].End).IndexOfAny('\n', ';', '.') < 0
            )
            .Take(WordsBehind);
        var before = tokens.Take(at).Reverse().TakeWhile(token => token.Kind == TokenKind.Word).Take(WordsBefore);
        var words = behind.Any() ? behind : before;
        return [.. words.Where(word => word.Text.Length > 3).Select(word => Words.Stem(word.Text))];
    }

    private void ReadTable(List<string[]> lines, string place, int index, bool isScanned = false)
    {
        foreach (var (number, cells) in lines.Skip(1).Index())
        {
            if (!isScanned)
                AddEntry(string.Join(' ', cells));
            var row = new Row();
            foreach (var (cell, column) in cells.Zip(lines[0]))
            {
                row[column] = Text(cell);
                if (!isScanned)
                    ScanText(cell, $"{place}[{number}].{column.Replace('.', ' ')}");
            }

            Draft($"{place}#{index}", NameOf(place)).Add(row);
        }
    }

    private void AddDate(WrittenDate date)
    {
        foreach (var reading in date.Readings)
        {
            _facts.Dates.Add(reading);
            if (reading.Exact is { } day)
                _facts.Days.Add(day);
        }
    }

    private void AddIdentifier(string identifier)
    {
        foreach (var part in identifier.Split(identifier.Where(letter => !char.IsAsciiDigit(letter)).Distinct().ToArray()))
        {
            if (part.Length is > 0 and < 16)
                _facts.IdentifierNumbers.Add(double.Parse(part, CultureInfo.InvariantCulture));
        }
    }

    private void AddNumber(JsonElement element, string place)
    {
        if (!element.TryGetDouble(out var value) || !double.IsFinite(value))
            return;
        var words = Words.OfField(NameOf(place));
        _facts.Values.Add(new SourceValue(value, place, words, IsPercent: false));
        if (TableDraft.MomentOf(value, words) is { } moment)
        {
            AddDate(new WrittenDate([new DateParts(moment.Year, moment.Month, moment.Day)]));
            _facts.Times.Add(new WrittenTime(moment.Hour, moment.Minute, moment.Second));
        }
    }

    private void AddNumber(Numeral number, string text, Token token, string place, string[] words, string[] beside)
    {
        foreach (var reading in number.Readings)
            _facts.Values.Add(
                new SourceValue(number.Sign < 0 ? -reading.Value : reading.Value, place, words, number.Percent == PercentKind.Percent)
                {
                    Beside = beside,
                }
            );
        if (number.FirstPartEnd == 0)
            return;
        foreach (
            var part in TextScanner
                .Scan(text[token.Start..number.FirstPartEnd])
                .Concat(TextScanner.Scan(text[(number.FirstPartEnd + 1)..token.End]))
        )
        {
            if (part.Number is { } single)
                _facts.Values.Add(new SourceValue(single.Readings[0].Value, place, words, single.Percent == PercentKind.Percent));
        }
    }

    private TableDraft Draft(string pattern, string name)
    {
        if (!_drafts.TryGetValue(pattern, out var draft))
            _drafts[pattern] = draft = new TableDraft(name);
        return draft;
    }
}
