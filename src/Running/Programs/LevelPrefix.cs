using Aios.Store.Logs;

namespace Aios.Running;

/// <summary>
/// The level that a program puts before a line, as in <c>&lt;4&gt;disk nearly full</c>: sd-daemon(3), the numbers of syslog(3).
/// </summary>
internal static class LevelPrefix
{
    private const int Length = 3;

    /// <summary>Takes the prefix off; the level it names, or null if there is none.</summary>
    public static string? Take(ref string text)
    {
        if (text is not ['<', >= '0' and <= '7', '>', ..])
        {
            return null;
        }

        var level = LevelOf(text[1]);
        text = text[Length..];
        return level;
    }

    private static string LevelOf(char digit) =>
        digit switch
        {
            '0' or '1' or '2' => LogLevel.Critical,
            '3' => LogLevel.Error,
            '4' => LogLevel.Warning,
            '5' or '6' => LogLevel.Info,
            _ => LogLevel.Debug,
        };
}
