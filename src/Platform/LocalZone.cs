using System.Text.RegularExpressions;

namespace Aios.Platform;

/// <summary>The machine's own time zone, in which times are read that name none.</summary>
internal sealed partial class LocalZone
{
    private const string Link = "/etc/localtime";
    private string? _known = Identity();

    /// <summary>
    /// What is wrong with the variable <c>TZ</c>, in words: .NET takes one that it does not understand for UTC, in silence. Null
    /// if nothing is.
    /// </summary>
    public static string? Defect() => DefectOf(Environment.GetEnvironmentVariable("TZ"));

    /// <summary>As <see cref="Defect"/>, of this value.</summary>
    public static string? DefectOf(string? value)
    {
        if (value is null)
            return null;
        var name = value.TrimStart(':');
        if (name.Length == 0 || MeansUtc().IsMatch(name) || IsKnown(name))
            return null;
        return IsRule(name)
            ? $"TZ is \"{value}\", a rule in the form of POSIX. AIOS takes names only, so it reads times without `timezone` as UTC"
            : $"TZ is \"{value}\", which is no time zone of this machine, so AIOS reads times without `timezone` as UTC";
    }

    /// <summary>Whether a text is a rule in the form of POSIX, such as <c>CET-1CEST,M3.5.0,M10.5.0/3</c>, and no name.</summary>
    public static bool IsRule(string text) => Rule().IsMatch(text);

    /// <summary>Whether somebody has given the machine another zone since the last look; .NET then looks it up anew.</summary>
    public bool HasChanged()
    {
        var identity = Identity();
        if (identity == _known)
            return false;
        _known = identity;
        TimeZoneInfo.ClearCachedData();
        return true;
    }

    private static bool IsKnown(string name) =>
        Path.IsPathRooted(name) ? File.Exists(name) : TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);

    private static string? Identity()
    {
        try
        {
            var file = new FileInfo(Link);
            var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            return $"{target.FullName} {target.LastWriteTimeUtc.Ticks}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^(<[A-Za-z0-9+-]{3,}>|[A-Za-z]{3,})[+-]?\d{1,3}(:\d{2}){0,2}((<[A-Za-z0-9+-]{3,}>|[A-Za-z]{3,})|$)")]
    private static partial Regex Rule();

    [GeneratedRegex("^(<[A-Za-z0-9+-]{3,}>|[A-Za-z]{3,})[+-]?0{1,3}(:00){0,2}$")]
    private static partial Regex MeansUtc();
}
