namespace Aios.Cli;

/// <summary>Colours of a terminal, by what a text means.</summary>
internal static class Paint
{
    public const string Dim = "\e[2m";
    public const string Bold = "\e[1m";
    public const string Red = "\e[31m";
    public const string Green = "\e[32m";
    public const string Yellow = "\e[33m";
    public const string Cyan = "\e[36m";
    public const string Plain = "\e[0m";

    /// <summary>The text in a colour.</summary>
    public static string With(string colour, string text) => colour.Length == 0 ? text : $"{colour}{text}{Plain}";

    /// <summary>The colour of a word for how a run, a trigger, a job or a device stands; none for other words.</summary>
    public static string OfStatus(string words) =>
        words.Split([',', ' '], 2)[0] switch
        {
            "succeeded" or "online" or "ok" => Green,
            "failed" or "timed_out" or "lost" or "silent" or "problem" or "failing" or "crash" or "late" => Red,
            "queued" or "waiting" or "paused" or "stopped" or "note" or "flaky" => Yellow,
            "running" => Cyan,
            "canceled" or "skipped" or "disabled" or "offline" or "-" => Dim,
            _ => "",
        };
}
