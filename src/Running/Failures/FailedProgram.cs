using Aios.Jobs;

namespace Aios.Running.Failures;

/// <summary>A run that failed, as hints look at it.</summary>
/// <param name="Job">What was run.</param>
/// <param name="Line">The line that says why, or nothing.</param>
/// <param name="Exit">How it ended.</param>
/// <param name="Settings">Where things are.</param>
internal sealed record FailedProgram(Job Job, string Line, ExitStatus Exit, RunningSettings Settings)
{
    private const int HeadBytes = 4096;

    private static readonly char[] Quotes = ['\'', '"', '‘', '’', '`'];

    /// <summary>The first text between quotes, at or after a word; null if there is none.</summary>
    public string? QuotedAfter(string word)
    {
        var from = Line.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        var begin = from < 0 ? -1 : Line.IndexOfAny(Quotes, from);
        var end = begin < 0 ? -1 : Line.IndexOfAny(Quotes, begin + 1);
        return end > begin + 1 ? Line[(begin + 1)..end] : null;
    }

    /// <summary>The Python that ran it: a path or a name.</summary>
    public string Python =>
        Job.Work.Argv is [var first, ..] && Path.GetFileName(first).StartsWith("python", StringComparison.Ordinal)
            ? first
            : new PythonOfJob(Settings.Home, Settings.Python).Of(Job.Work.Interpreter);

    /// <summary>A module of that name among the programs, from their folder; null if there is none.</summary>
    public string? OwnModule(string name)
    {
        if (name.Length == 0 || !name.All(c => char.IsLetterOrDigit(c) || c == '_'))
        {
            return null;
        }

        try
        {
            var options = new EnumerationOptions
            {
                RecurseSubdirectories = true,
                MaxRecursionDepth = 3,
                IgnoreInaccessible = true,
            };
            var found = Directory.EnumerateFiles(Settings.ProgramsFolder, name + ".py", options).FirstOrDefault();
            return found is null ? null : Path.GetRelativePath(Settings.ProgramsFolder, found);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The script of a shell that was run, if its lines end as those of Windows.</summary>
    public string? ScriptWithCarriageReturns()
    {
        try
        {
            return Scripts().FirstOrDefault(IsShellScriptWithCarriageReturns);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private IEnumerable<string> Scripts()
    {
        if (Job.Work.ProgramFile is { } file)
        {
            return [Path.Combine(Settings.ProgramsFolder, file)];
        }

        var folder = WorkingFolder.Of(Job, Settings.Home);
        return Job.Work.Argv.Take(3).Select(word => Path.GetFullPath(word, folder));
    }

    private static bool IsShellScriptWithCarriageReturns(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var file = File.OpenRead(path);
        var head = new byte[HeadBytes];
        var read = head.AsSpan(0, file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false));
        var firstLine = read[..Math.Max(0, read.IndexOf((byte)'\n'))];
        var isShell =
            Path.GetExtension(path) is ".sh" or ".bash" or ".zsh" or ".ksh"
            || (firstLine.StartsWith("#!"u8) && firstLine.IndexOf("sh"u8) > 0);
        return isShell && firstLine.EndsWith("\r"u8);
    }
}
