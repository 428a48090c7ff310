using System.Text.RegularExpressions;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Docs;

/// <summary>The examples on the page about programs do what the page says.</summary>
public partial class ProgramsPageTests
{
    private const string Page = "docs/programs.md";

    [RequiresFact(Need.Python)]
    public void The_Python_example_asks_for_a_mail_for_each_order_once()
    {
        using var home = HomeOf("mail_orders.py");
        home.Start();
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'mail' AND status = 'succeeded'") == 2,
            "both mails are sent"
        );
        home.WaitFor(() => home.RunsOf("mail_orders") is [{ Status: "succeeded", Result: "2" }], "the first run has ended");
        Assert.Equal("succeeded", home.Closed(home.Insert("mail_orders", args: "[[4712, 4713]]")).Status);

        Assert.Equal(["[4711]", "[4712]", "[4713]"], home.Column("SELECT args FROM triggers WHERE job_name = 'mail' ORDER BY id"));
        Assert.Equal("3", home.RunsOf("mail_orders")[^1].Result);
        Assert.Equal(
            "order 4713",
            home.Get<string>("SELECT progress_text FROM runs WHERE job_name = 'mail_orders' ORDER BY id DESC LIMIT 1")
        );
    }

    [RequiresFact]
    public void The_shell_example_remembers_and_asks()
    {
        using var home = HomeOf("count_up.sh");
        home.Start();
        Assert.Equal("succeeded", home.Closed(home.Insert("count_up")).Status);

        Assert.Equal("1", home.Get<string>("SELECT value FROM state WHERE job_name = 'count_up' AND key = 'last'"));
        Assert.Equal("counting", home.Get<string>("SELECT progress_text FROM runs"));
        Assert.Equal(
            """{"to":"Ada"} mail-0""",
            home.Get<string>("SELECT kwargs || ' ' || dedup_key FROM triggers WHERE job_name = 'mail'")
        );
    }

    [RequiresFact(Need.Python | Need.Node)]
    public void The_three_complete_examples_work()
    {
        var examples = Example()
            .Matches(Documents.Read(Page))
            .Where(match => match.Groups["name"].Value is "hello.py" or "count_files.sh" or "longest_word.js")
            .ToList();
        using var home = new AiosHome(string.Concat(examples.Select(match => match.Groups["jobs"].Value)));
        foreach (var match in examples)
            home.WriteProgram(match.Groups["name"].Value, match.Groups["text"].Value);
        home.Start();

        Assert.Equal("""{"greeted": "Ada", "times": 2}""", ResultOf("hello_python", "{}"));
        Assert.Equal("""{"files": 3}""", ResultOf("count_files", "{}"));
        Assert.Equal("""{"longest":"remembers","words":4}""", ResultOf("longest_word", """{"text": "AIOS remembers it all"}"""));

        string? ResultOf(string job, string kwargs)
        {
            var trigger = home.Closed(home.Insert(job, kwargs)).Id;
            return home.Runs(trigger)[^1].Result?.Trim();
        }
    }

    // The program whose name stands before its block, with the job list that follows.
    private static AiosHome HomeOf(string program)
    {
        var match = Example().Matches(Documents.Read(Page)).Single(match => match.Groups["name"].Value == program);
        var home = new AiosHome(match.Groups["jobs"].Value);
        home.WriteProgram(program, match.Groups["text"].Value);
        return home;
    }

    [GeneratedRegex(
        @"`Programs/(?<name>[\w.]+)`[^\n]*\n\n```\w+\n(?<text>.*?)^```\n\n```yaml\n(?<jobs>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline
    )]
    private static partial Regex Example();
}
