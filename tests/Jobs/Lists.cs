using Aios.Jobs;

namespace Aios.Tests.Jobs;

/// <summary>Short ways to load texts in tests.</summary>
internal static class Lists
{
    public const string Name = "Jobs/jobs.yaml";

    public static JobList Parse(string text) => JobListLoader.Parse(text, Name);

    /// <summary>The jobs of a list that must be right.</summary>
    public static IReadOnlyList<Job> Jobs(string text)
    {
        var list = Parse(text);
        Assert.Empty(list.Errors.Select(error => error.ToString()));
        return list.Jobs;
    }

    /// <summary>The one job of a list that must be right.</summary>
    public static Job Job(string text) => Assert.Single(Jobs(text));

    /// <summary>What is wrong with a list, line by line, in the order of the text.</summary>
    public static string[] Errors(string text) => [.. Parse(text).Errors.Select(error => error.ToString())];

    /// <summary>The one thing that is wrong with a list.</summary>
    public static string Error(string text) => Assert.Single(Errors(text));

    /// <summary>A job that needs nothing more.</summary>
    public static string Trigger(string more) => $"- name: a\n  type: trigger\n  file: a.py\n  {more}\n";

    /// <summary>A job of a type, with what that type needs.</summary>
    public static string Of(string type, string more = "") =>
        $"- name: a\n  type: {type}\n  file: a.py\n{(more.Length == 0 ? "" : "  " + more + "\n")}{Needs(type)}";

    private static string Needs(string type) =>
        type switch
        {
            "daily" => "  time: '09:00'\n",
            "interval" => "  interval: 5m\n",
            "random_daily" => "  after_time: '08:00'\n  before_time: '18:00'\n",
            "cron" => "  cron: '*/5 * * * *'\n",
            _ => "",
        };
}
