using Aios.Jobs;
using Aios.Tests.Docs;

namespace Aios.Tests.Jobs;

/// <summary>The mistakes that everybody makes in YAML, and what is said of them.</summary>
public sealed class IndentationTests
{
    private static readonly int[] Shifts = [-4, -3, -2, -1, 1, 2, 3, 4];

    [Theory]
    [InlineData(
        "- name: a\n  type: daily\n   time: '09:00'\n",
        3,
        "this line is indented by 1 space more than the field above it, on line 2;",
        2
    )]
    [InlineData(
        "- name: a\n  type: daily\n time: '09:00'\n",
        3,
        "this line is indented by 1 space less than the field above it, on line 2;",
        2
    )]
    [InlineData("- name: a\n   type: daily\n", 2, "this line is indented by 1 space more than the field above it, on line 1;", 1)]
    [InlineData(
        "jobs:\n  - name: a\n    type: daily\n     time: '09:00'\n",
        4,
        "this line is indented by 1 space more than the field above it, on line 3;",
        3
    )]
    [InlineData(
        "jobs:\n  - name: a\n    type: daily\n  time: '09:00'\n",
        4,
        "this line is indented by 2 spaces less than the field above it, on line 3;",
        3
    )]
    [InlineData(
        "jobs:\n  - name: a\n    type: daily\n   - name: b\n",
        4,
        "this line is indented by 1 space more than the list item above it, on line 2;",
        2
    )]
    [InlineData(
        "jobs:\n  - name: a\n    type: daily\n - name: b\n",
        4,
        "this line is indented by 1 space less than the list item above it, on line 2;",
        2
    )]
    [InlineData(
        "jobs:\n  - name: a\n    type: daily\n    - name: b\n",
        4,
        "this line is indented by 2 spaces more than the list item above it, on line 2;",
        2
    )]
    [InlineData(
        "- name: a\n  kwargs:\n    city: Berlin\n   days: 7\n",
        4,
        "this line is indented by 1 space less than the field above it, on line 3;",
        3
    )]
    [InlineData(
        "- name: a\n  args:\n    - a\n   - b\n",
        4,
        "this line is indented by 1 space less than the list item above it, on line 3;",
        3
    )]
    [InlineData("- name: a\n  args:\n    - a\n     - b\n", 4, "this list item is taken for a part of the text on line 3,", 3)]
    [InlineData(
        "- name: a\n  type: trigger\n    file: a.py\n",
        3,
        "this line is indented by 2 spaces more than the field above it, on line 2;",
        2
    )]
    [InlineData(
        "- name: a\r\n  type: daily\r\n   time: '09:00'\r\n",
        3,
        "this line is indented by 1 space more than the field above it, on line 2;",
        2
    )]
    [InlineData(
        "- name: a\r  type: daily\r   time: '09:00'\r",
        3,
        "this line is indented by 1 space more than the field above it, on line 2;",
        2
    )]
    [InlineData(
        "- name: a\n  description: |\n      one\n    two\n",
        4,
        "this line is indented by 2 spaces less than the first line of its text, line 3;",
        3
    )]
    [InlineData("- name: a\n  description: |\n  one\n", 3, "the text of line 2 is not indented;", 2)]
    [InlineData("  defaults:\n  retries: 2\njobs:\n", 3, "this line is indented by 2 spaces less than the field above it, on line 1;", 1)]
    [InlineData(
        "name: a\ntype: trigger\n- name: b\n",
        3,
        "this line begins a list item, but line 1 above it begins in the same column without a dash;",
        1
    )]
    [InlineData(
        "jobs:\n  name: a\n  type: trigger\n  - name: b\n",
        4,
        "this line begins a list item, but line 2 above it begins in the same column without a dash;",
        2
    )]
    [InlineData("-\nname: a\n", 2, "this field begins in the column of the dash on line 1;", 1)]
    public void Both_lines_are_named_and_shown(string text, int line, string message, int other)
    {
        var error = Assert.Single(Lists.Parse(text).Errors);
        Assert.Equal(line, error.Line);
        Assert.StartsWith(message, error.Problem, StringComparison.Ordinal);
        Assert.Contains($"{line} | ", error.Excerpt, StringComparison.Ordinal);
        Assert.Contains($"{other} | ", error.Excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mark_stands_below_what_is_meant() =>
        Assert.Equal(
            """
            Jobs/jobs.yaml:10:4: this line is indented by 1 space more than the field above it, on line 9; what belongs together begins in the same column.
               9 |   type: daily
                 |   ^
              10 |    time: '09:00'
                 |    ^ 1 space more
            """,
            Assert.Single(Lists.Parse("# 1\n# 2\n# 3\n# 4\n# 5\n# 6\n# 7\n- name: a\n  type: daily\n   time: '09:00'\n").Errors).ToText()
        );

    [Theory]
    [InlineData("- name: a\n\ttype: daily\n", 2, 1, "a tab is used as indentation")]
    [InlineData("- name: a\n  type: daily\n  \ttime: x\n", 3, 3, "a tab is used as indentation")]
    [InlineData("- name: a\n  kwargs:\n  \ta: 1\n", 3, 3, "a tab is used as indentation")]
    [InlineData("# a: b\n- name: a\n  kwargs:\n    a: 1\n\tb: 2\n", 5, 1, "a tab is used as indentation")]
    [InlineData("- name: a\n \u00A0type: daily\n", 2, 2, "there is a non-breaking space (U+00A0) here; write an ordinary space")]
    [InlineData("- name: a\n\u00A0\u00A0type: daily\n", 2, 1, "there is a non-breaking space (U+00A0) here")]
    [InlineData("- name: a\n  type:\u00A0daily\n", 2, 3, "there is a non-breaking space (U+00A0) after the colon; write an ordinary space")]
    [InlineData("-\u00A0name: a\n  type: daily\n", 1, 1, "there is a non-breaking space (U+00A0) after the dash")]
    [InlineData("- name: a\n\u3000\u3000type: daily\n", 2, 1, "there is a wide space (U+3000) here")]
    [InlineData("- name: a\n\u2003type: daily\n", 2, 1, "there is a special space (U+2003) here")]
    [InlineData("- name: a\n\u200B  type: daily\n", 2, 1, "there is an invisible space (U+200B) here; remove it")]
    [InlineData(
        "- name: a\n  type: trigger\n  file: a.py\n\uFEFF- name: b\n  type: trigger\n",
        4,
        1,
        "there is a byte-order mark (U+FEFF), as it is left where files are joined, here; remove it"
    )]
    [InlineData("\uFEFF\uFEFF- name: a\n  type: trigger\n", 1, 1, "there is a byte-order mark (U+FEFF)")]
    [InlineData("- name: a\n  type:daily\n  time: x\n", 2, 3, "a space is missing after the colon")]
    [InlineData("- name:a\n  type: daily\n", 1, 3, "a space is missing after the colon")]
    [InlineData("-name: a\n type: daily\n", 1, 1, "a space is missing after the dash")]
    [InlineData("-name: a\n  type: daily\n", 1, 1, "a space is missing after the dash")]
    [InlineData("- name: a\n  type: daily\n-name: b\n  type: daily\n", 3, 1, "a space is missing after the dash")]
    [InlineData("- name: a\n  type=daily\n  time: x\n", 2, 3, "there is \"=\" after the name; write \"type: \"")]
    [InlineData("- name = a\n  type: daily\n", 1, 3, "there is \"=\" after the name; write \"name: \"")]
    [InlineData("- name: a\n  type daily\n  time: x\n", 2, 3, "this line has no name: a field is written \"name: value\"")]
    [InlineData(
        "- name: \"a\n  type: trigger\n",
        1,
        9,
        "the text in quotes that begins here does not end on this line; look for a missing \""
    )]
    [InlineData("- name: \"a\n  type: trigger\n  file: \"a.py\"\n", 1, 9, "the text in quotes that begins here does not end on this line")]
    [InlineData(
        "- name: 'a\n  type: trigger\n  file: 'a.py'\n",
        1,
        9,
        "the text in quotes that begins here does not end on this line; look for a missing '"
    )]
    [InlineData(
        "- name: 'it's'\n  type: trigger\n",
        1,
        13,
        "this text in quotes ends before here; look for a missing or an extra quote (a ' inside '...' is written '')"
    )]
    [InlineData("- name: \"a\" b\n  type: trigger\n", 1, 13, "this text in quotes ends before here")]
    [InlineData("- name: a\n  description: one: two\n", 2, 19, "there is a \": \" inside the value; put the value in quotes")]
    [InlineData("- name: a\n  description: note:\n", 2, 20, "there is a \": \" inside the value; put the value in quotes")]
    [InlineData("- name: a\n  description: > 5 files\n", 2, 16, "a text that begins with > must be in quotes")]
    [InlineData("- name: a\n  description: | grep x\n", 2, 16, "a text that begins with | must be in quotes")]
    [InlineData("- name: a\n  description: %d\n", 2, 16, "a text that begins with % must be in quotes")]
    [InlineData("- name: a\n  description: @x\n", 2, 16, "a text that begins with @ must be in quotes")]
    [InlineData(
        "- name: a\n  description: !important x\n",
        2,
        16,
        "the tag \"!important\" is not known; leave it out, or put a text that begins with ! in quotes"
    )]
    [InlineData("- name: a\n  args: [a, b\n  type: trigger\n", 2, 9, "the list that begins with [ here does not end; look for a missing ]")]
    [InlineData(
        "- name: a\n  kwargs: {a: 1\n  type: trigger\n",
        2,
        11,
        "the map that begins with { here does not end; look for a missing }"
    )]
    [InlineData("[{\"name\": \"a\", \"type\": \"trigger\"]", 1, 1, "the list that begins with [ here does not end")]
    [InlineData("- name: a\n  type: daily\n---- \n- name: b\n", 3, 1, "a line of dashes means nothing here; three of them")]
    [InlineData("- name: a\n  type: daily\n ---\n- name: b\n", 3, 2, "a line of dashes means nothing here; three of them")]
    public void The_first_wrong_sign_is_named(string text, int line, int column, string message)
    {
        var error = Assert.Single(Lists.Parse(text).Errors);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.StartsWith(message, error.Problem, StringComparison.Ordinal);
        Assert.StartsWith($"{line} | ", error.Excerpt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "- name: a\n  type: trigger\n  file: a.py\n  kwargs:\n  city: Berlin\n",
        "5:3: job \"a\": unknown field \"city\"; if it belongs to \"kwargs\" on line 4, which is empty, indent it by two more."
    )]
    [InlineData(
        "- name: a\n  type: trigger\n  file: a.py\n  kwargs:\n    city: Berlin\n  days: 7\n",
        "6:3: job \"a\": unknown field \"days\"; if it belongs to \"kwargs\" on line 4, indent it by 2 more. Did you mean \"tags\"?"
    )]
    [InlineData(
        "- name: a\n  type: daily\n  file: a.py\n  kwargs:\n    city: Berlin\n    time: '09:00'\n",
        "6:5: job \"a\", field \"time\": missing; a daily job needs it: a time of day such as \"09:00\". The one here stands inside "
            + "\"kwargs\"; if it is meant for the job, begin it in column 3, as the job's other fields."
    )]
    [InlineData(
        "- name: a\n  type: trigger\n  kwargs:\n    city: Berlin\n    file: a.py\n",
        "5:5: job \"a\": \"file\" or \"command\" or \"shell\" or \"llm\" or \"steps\" is missing; a job needs one of them. "
            + "The one here stands inside \"kwargs\"; "
            + "if it is meant for the job, begin it in column 3, as the job's other fields."
    )]
    [InlineData(
        "jobs:\n- name: a\n  type: trigger\n  file: a.py\nretries: 2\n",
        "5:1: unknown key \"retries\"; beside \"defaults\" and \"jobs\" there is none; if it is a field of the job above, indent it like "
            + "the others of that job."
    )]
    [InlineData(
        "jobs:\n- name: a\n  type: trigger\n  file: a.py\n\uFEFFjobs:\n",
        "5:1: unknown key \"\\ufeffjobs\"; beside \"defaults\" and \"jobs\" there is none. Did you mean \"jobs\"?"
    )]
    [InlineData(
        "- name: a\n  type: trigger\n  file: a.py\n  tags:\n- gpu\n",
        "5:3: job #2: found \"gpu\", expected the fields of a job, such as \"name: report\" and \"type: daily\"; if it belongs to "
            + "\"tags\" on line 4, indent its dash to column 3."
    )]
    [InlineData(
        "- name=a\n  type=daily\n",
        "1:3: job #1: found \"name=a type=daily\", expected the fields of a job, such as \"name: report\" and \"type: daily\"; there is "
            + "\"=\" after the name; write \"name: \", with a colon and a space."
    )]
    [InlineData(
        "name = a\ntype = daily\n",
        "1:1: found \"name = a type = daily\", expected a list of jobs (each begins with \"- name: ...\"), or a map with \"defaults\" and "
            + "\"jobs\"; there is \"=\" after the name; write \"name: \", with a colon and a space."
    )]
    [InlineData(
        "- name: a\n  type: trigger\u00A0\n  file: a.py\n",
        "2:9: job \"a\", field \"type\": found \"trigger\\u00a0\", expected one of always, daily, interval, random_daily, cron, trigger, "
            + "idle. Did you mean \"trigger\"?"
    )]
    [InlineData(
        "- {name: a, type: trigger, file: a.py, re\u200Btries: 1}\n",
        "1:40: job \"a\": unknown field \"re\\u200btries\". Did you mean \"retries\"?"
    )]
    public void What_is_yaml_but_in_the_wrong_place_is_said(string text, string message) =>
        Assert.Equal("Jobs/jobs.yaml:" + message, Lists.Errors(text)[0]);

    [Theory]
    [InlineData("description: “a”", "4:16: “ and ” are part of this text; YAML knows \"these\" and 'these' quotes alone.")]
    [InlineData("description: a\u00A0", "4:16: there is a non-breaking space (U+00A0) at the end of this text; write an ordinary space.")]
    [InlineData(
        "description: &abc def",
        "4:16: \"&abc\" is taken for a label that other places refer to, and none does; a text that begins with & must be in quotes."
    )]
    [InlineData(
        "kwargs: {pw: &abc }",
        "4:16: \"&abc\" is taken for a label that other places refer to, and none does; a text that begins with & must be in quotes."
    )]
    [InlineData(
        "description: #1 in the list",
        "4:16: there is no value here, for what follows a # is a comment; a text that begins with # must be in quotes."
    )]
    [InlineData(
        "kwargs:\n    city: Berlin\n    tags: [x]",
        "6:5: job \"a\", field \"tags\": stands inside \"kwargs\"; if it is meant for the job, begin it in column 3, as the job's other "
            + "fields, and if not, put its name in quotes."
    )]
    [InlineData(
        "kwargs:\n    pages:\n    home: x",
        "5:5: job \"a\": \"pages\" has no value, and the line below begins in the same column; indent that line by two more if it is the "
            + "value, or write \"null\"."
    )]
    public void What_is_valid_and_hardly_meant_is_a_warning(string more, string message)
    {
        var list = Lists.Parse(Lists.Trigger(more));
        Assert.Empty(list.Errors);
        Assert.Equal("Jobs/jobs.yaml:" + message, Assert.Single(list.Warnings).ToString());
    }

    [Theory]
    [InlineData("description: '“a”'")]
    [InlineData("description: She said “a” and went")]
    [InlineData("description: a\u00A0b")]
    [InlineData("description:   # a comment")]
    [InlineData("kwargs: {timeout: 5, tags: x}")]
    [InlineData("kwargs:\n    timeout: 5\n    city: Berlin")]
    [InlineData("kwargs:\n    city: Berlin\n    'tags': [x]")]
    [InlineData("kwargs:\n    pages: null\n    home: x")]
    [InlineData("description: one text\n    in two lines\n    -and no item")]
    [InlineData("description: |\n    - a\n     - b\n    c: d: e\n  tags:\n  - a\n  - b")]
    [InlineData("kwargs: {a: [1,\n    2],\n     b: {c: d}}")]
    [InlineData("description: \"one\n    two\"")]
    public void What_is_meant_so_is_no_mistake(string more)
    {
        var list = Lists.Parse(Lists.Trigger(more));
        Assert.Empty(list.Errors.Select(error => error.ToString()));
        Assert.Empty(list.Warnings.Select(warning => warning.ToString()));
    }

    [Theory]
    [InlineData("utf-16le", false)]
    [InlineData("utf-16le", true)]
    [InlineData("utf-16be", false)]
    [InlineData("utf-16be", true)]
    [InlineData("utf-32le", false)]
    [InlineData("utf-32le", true)]
    [InlineData("utf-32be", false)]
    [InlineData("utf-32be", true)]
    public void Another_encoding_is_named(string name, bool hasMark)
    {
        using var folder = new Support.TemporaryFolder();
        System.Text.Encoding encoding = name.StartsWith("utf-16", StringComparison.Ordinal)
            ? new System.Text.UnicodeEncoding(name.EndsWith("be", StringComparison.Ordinal), hasMark)
            : new System.Text.UTF32Encoding(name.EndsWith("be", StringComparison.Ordinal), hasMark);
        var path = Path.Combine(folder.Path, "jobs.yaml");
        File.WriteAllText(path, Lists.Trigger("retries: 1"), encoding);
        var expected = $"the file is in {name[..6].ToUpperInvariant()}; save it as UTF-8";
        Assert.Equal(expected, Assert.Single(JobListLoader.Load(folder.Path, folder.Path).Errors).Problem);
        Assert.Equal(expected, Assert.Single(JobListLoader.LoadFile(path, folder.Path).Errors).Problem);
    }

    public static TheoryData<string> GoodLists()
    {
        var lists = new TheoryData<string> { Samples.Good };
        var files = Directory
            .GetFiles(Path.Combine(Documents.Root, "Jobs"), "*.yaml")
            .Concat(Directory.GetFiles(Path.Combine(Documents.Root, "examples"), "*.yaml", SearchOption.AllDirectories));
        foreach (var file in files.Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "Jobs").Order(StringComparer.Ordinal))
        {
            // A field of a step may be one of its job, too: moved there, it is right and means something else.
            var text = File.ReadAllText(file);
            if (!text.Contains("steps:", StringComparison.Ordinal))
                lists.Add(text);
        }

        return lists;
    }

    // Each line of each list, moved by each number of spaces: the line or its neighbour is named, or nothing has changed.
    [Theory]
    [MemberData(nameof(GoodLists))]
    public void A_line_that_is_moved_is_named(string text)
    {
        var lines = text.Split('\n');
        var meaning = Meaning(Lists.Parse(text));
        for (var at = 0; at < lines.Length; at++)
        {
            foreach (var shift in Shifts)
                CheckMoved(lines, at, shift, meaning);
            CheckBroken(lines, at, "\t" + lines[at].TrimStart(), meaning);
            CheckBroken(lines, at, lines[at].Insert(Indentation(lines[at]), "\u00A0"), meaning);
        }
    }

    private static void CheckMoved(string[] lines, int at, int shift, string meaning)
    {
        if (Indentation(lines[at]) + shift >= 0)
            CheckBroken(lines, at, shift > 0 ? new string(' ', shift) + lines[at] : lines[at][-shift..], meaning);
    }

    private static void CheckBroken(string[] lines, int at, string broken, string meaning)
    {
        if (!IsContent(lines[at]) || IsText(lines, at))
            return;

        string[] changed = [.. lines[..at], broken, .. lines[(at + 1)..]];
        var list = Lists.Parse(string.Join('\n', changed));
        if (list.Errors.IsEmpty && (Meaning(list) == meaning || IsText(changed, at) || IsAmongOthersOfProgram(changed, at)))
            return;

        int[] near = [Next(lines, at, -1), at + 1, Next(lines, at, 1)];
        Assert.True(
            list.Errors.Concat(list.Warnings)
                .Any(error =>
                    near.Contains(error.Line) || near.Any(line => $"\n{error.Excerpt}".Contains($"\n{line} | ", StringComparison.Ordinal))
                ),
            $"line {at + 1} became \"{broken}\": {string.Join('\n', list.Errors.Select(error => error.ToText()))}"
        );
    }

    private static string Meaning(JobList list) => string.Join('\n', list.Jobs.Select(JobJson.Write));

    private static bool IsContent(string line) => line.Trim().Length > 0 && !line.TrimStart().StartsWith('#');

    private static int Indentation(string line) => line.Length - line.TrimStart(' ').Length;

    private static int Next(string[] lines, int at, int step)
    {
        for (at += step; at >= 0 && at < lines.Length; at += step)
        {
            if (IsContent(lines[at]))
                return at + 1;
        }

        return 0;
    }

    // What stands in a block of text is text, however far it is indented.
    private static bool IsText(string[] lines, int at) =>
        Enclosing(lines, at) is { } outer && (outer.TrimEnd().EndsWith('|') || IsText(lines, Array.IndexOf(lines, outer)));

    // The arguments of a program may be nested as it likes: in the column of another one, a line is another good argument.
    private static bool IsAmongOthersOfProgram(string[] lines, int at)
    {
        for (var outer = Enclosing(lines, at); outer is not null; outer = Enclosing(lines, Array.IndexOf(lines, outer)))
        {
            if (outer.TrimStart().StartsWith("kwargs:", StringComparison.Ordinal))
                return JobNameOf(lines[at]) is null;
        }

        return false;
    }

    private static string? JobNameOf(string line) => JobFields.Standard.Find(line.Split(':')[0].Trim())?.Name;

    private static string? Enclosing(string[] lines, int at) =>
        lines[..at].LastOrDefault(line => IsContent(line) && Indentation(line) < Indentation(lines[at]));
}
