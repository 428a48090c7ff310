using System.Diagnostics;
using System.Text;

namespace Aios.Tests.Jobs;

/// <summary>What YAML and JSON can do to a list, wanted or not. The times allowed tell linear from quadratic, no more.</summary>
public sealed class YamlTests
{
    [Theory]
    [InlineData("5", "5")]
    [InlineData("\"5\"", "\"5\"")]
    [InlineData("-0x1F", "\"-0x1F\"")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("007", "7")]
    [InlineData("+3", "3")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5.0")]
    [InlineData("1e3", "1e3")]
    [InlineData("1.50", "1.50")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("10:30", "\"10:30\"")]
    [InlineData("2026-01-01", "\"2026-01-01\"")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("~", "null")]
    [InlineData("null", "null")]
    [InlineData("''", "\"\"")]
    [InlineData("!!str 5", "\"5\"")]
    [InlineData("!!int \"5\"", "5")]
    [InlineData(".", "\".\"")]
    [InlineData("'-'", "\"-\"")]
    [InlineData("1e", "\"1e\"")]
    [InlineData("Grüße", "\"Grüße\"")]
    [InlineData("\"\\ud83d\\ude00 \\x01\"", "\"\\uD83D\\uDE00 \\u0001\"")]
    [InlineData("{}", "{}")]
    [InlineData("[]", "[]")]
    public void A_value_keeps_its_type(string yaml, string json)
    {
        Assert.Equal($"[{json}]", Lists.Job(Lists.Trigger($"args: [{yaml}]")).ArgsJson);
    }

    [Fact]
    public void Anchors_aliases_and_merge_keys_work() =>
        Assert.Equal(
            """{"b":3,"c":4,"a":1,"d":[1]}""",
            Lists
                .Jobs(
                    """
                    - name: x
                      type: trigger
                      file: x.py
                      args: [&one {a: 1, b: 2}, &two {b: 9, d: &list [1]}, *list]
                      kwargs: {<<: [*one, *two], b: 3, c: 4}
                    - {name: y, type: trigger, file: y.py}
                    """
                )[0]
                .KwargsJson
        );

    [Fact]
    public void A_whole_job_can_be_merged()
    {
        var jobs = Lists.Jobs("- &a {name: a, type: trigger, file: a.py, retries: 2}\n- {<<: *a, name: b}\n");
        Assert.Equal([("a", 2), ("b", 2)], jobs.Select(job => (job.Name, job.Retries)));
    }

    [Fact]
    public void Json_is_read_with_its_tabs_and_escapes()
    {
        var job = Lists.Job(
            "[\n\t{\n\t\t\"name\": \"a\",\t\"type\":\"trigger\",\n\t\t\"file\":\"x\\/a.py\", \"kwargs\": {\"n\": 1.0, \"s\": \"1\", "
                + "\"z\": null}\n\t}\n]\n"
        );
        Assert.Equal(("x/a.py", """{"n":1.0,"s":"1","z":null}"""), (job.Work.ProgramFile, job.KwargsJson));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Line_ends_do_not_matter(string end) =>
        Assert.Equal(
            "Jobs/jobs.yaml:3:3: job \"a\": unknown field \"fil\". Did you mean \"file\"?",
            Lists.Error($"- name: a{end}  type: trigger{end}  fil: a.py{end}  file: a.py{end}")
        );

    [Theory]
    [InlineData("- name: a\n\ttype: daily\n", "2:1: a tab is used as indentation here; YAML wants spaces.")]
    [InlineData("- name: a\n  cron: * * * * *\n", "2:9: a text that begins with * must be in quotes, such as cron: \"*/5 * * * *\".")]
    [InlineData(
        "- name: a\n  cron: */5 * * * *\n",
        "2:9: \"*/5\" refers to nothing: there is no \"&/5\" before it; a text that begins with * must be in quotes, such as cron: "
            + "\"*/5 * * * *\"."
    )]
    [InlineData("- name: a\n  cron: @daily\n", "2:9: a text that begins with @ must be in quotes.")]
    [InlineData("- name: a\n  description: one: two\n", "2:19: there is a \": \" inside the value; put the value in quotes.")]
    [InlineData(
        "- name: a\n   type: daily\n",
        "2:4: this line is indented by 1 space more than the field above it, on line 1; what belongs together begins in the same column."
    )]
    [InlineData("- name: \"a\n  type: b\n", "1:9: the text in quotes that begins here does not end on this line; look for a missing \".")]
    [InlineData(
        "- name: \"C:\\dir\"\n",
        "1:9: this text in double quotes does not end, or has a \\ in it that means nothing; write it in 'single quotes' to take each "
            + "\\ as it is."
    )]
    [InlineData("- a\0b\n", "1:4: there is a NUL character here; this does not look like a text file.")]
    [InlineData("- &a [*a]\n", "1:7: \"*a\" refers to the value that it is itself a part of.")]
    [InlineData(
        "- *nobody\n",
        "1:3: \"*nobody\" refers to nothing: there is no \"&nobody\" before it; a text that begins with * must be in quotes, such as "
            + "cron: \"*/5 * * * *\"."
    )]
    [InlineData("- {<<: 5}\n", "1:8: found \"5\" after \"<<\", expected a map or a list of maps.")]
    [InlineData("- {[a]: 5}\n", "1:4: a list cannot be the name of a value; a name is a text.")]
    [InlineData(
        "- !python/object x\n",
        "1:3: the tag \"!python/object\" is not known; leave it out, or put a text that begins with ! in quotes."
    )]
    public void What_is_no_yaml_is_explained(string text, string message) => Assert.Equal("Jobs/jobs.yaml:" + message, Lists.Error(text));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n---\n...\n")]
    [InlineData("[]")]
    [InlineData("jobs:\n")]
    public void A_list_without_jobs_is_a_warning(string text)
    {
        var list = Lists.Parse(text);
        Assert.Empty(list.Errors);
        Assert.Equal("Jobs/jobs.yaml: there is no job in this file.", Assert.Single(list.Warnings).ToString());
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("[{")]
    [InlineData("!!seq [")]
    public void Deep_nesting_is_refused_at_once(string open)
    {
        var watch = Stopwatch.StartNew();
        Assert.NotEmpty(Lists.Errors(new StringBuilder().Insert(0, open, 100_000).ToString()));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Depth_through_aliases_counts_too()
    {
        var text = new StringBuilder("- {name: a, type: trigger, file: a.py, args: [&a0 []");
        for (var i = 1; i < 100; i++)
            text.Append($", &a{i} [*a{i - 1}]");
        Assert.Contains("more than 64 deep", Lists.Error(text.Append("]}").ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_of_aliases_is_refused()
    {
        var text = new StringBuilder("- {name: a, type: trigger, file: a.py, args: [&a0 [lol, lol, lol]");
        for (var i = 1; i < 30; i++)
            text.Append($", &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]");
        Assert.Contains("holds too much up to here", Lists.Error(text.Append("]}").ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_of_merges_is_refused()
    {
        var text = new StringBuilder("x: &m {");
        for (var i = 0; i < 10_000; i++)
            text.Append($"k{i}: 1,");
        text.Append("}\njobs:\n");
        for (var i = 0; i < 10_000; i++)
            text.Append("- {<<: *m}\n");
        Assert.Contains("holds too much up to here", Lists.Error(text.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_jobs_load_quickly()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 10_000; i++)
            text.Append(
                $"- name: job{i}\n  type: interval\n  interval: 5m\n  file: p.py\n  function: main\n  tags: [a, b]\n  kwargs: {{a: 1, "
                    + $"b: [1, 2]}}\n"
            );
        var watch = Stopwatch.StartNew();
        Assert.Equal(10_000, Lists.Jobs(text.ToString()).Count);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_hundred_thousand_mistakes_are_told_in_part()
    {
        var errors = Lists.Errors(new StringBuilder().Insert(0, "- {name: a, tipe: x}\n", 100_000).ToString());
        Assert.Equal(1001, errors.Length);
        Assert.EndsWith("more errors are not shown.", errors[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- a: b\n")]
    [InlineData("a ")]
    [InlineData("[],")]
    [InlineData("# c\n")]
    public void Ten_megabytes_of_anything_end(string piece)
    {
        var watch = Stopwatch.StartNew();
        Lists.Parse((piece == "[]," ? "[" : "") + new StringBuilder().Insert(0, piece, 10_000_000 / piece.Length));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(2));
    }
}
