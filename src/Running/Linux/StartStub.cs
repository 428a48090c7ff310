using System.Globalization;

namespace Aios.Running.Linux;

/// <summary>
/// Starts a program through a shell that sets its limits and then becomes it, since posix_spawn can set none. Argument
/// zero is then the program's path, whatever the job calls it.
/// </summary>
internal static class StartStub
{
    private const string Shell = "/bin/sh";
    private const string Env = "/usr/bin/env";

    /// <summary>The same, with limits that a shell can set; unchanged if there are none.</summary>
    /// <exception cref="RunStartException">It could not be started anyway; the shell would say so only in the run's log.</exception>
    public static ProcessSpec Wrap(ProcessSpec spec)
    {
        var settings = Settings(spec.Limits);
        if (settings.Count == 0)
        {
            return spec;
        }

        SpawnErrors.CheckInterpreter(spec);
        var script =
            $"{{ {string.Join(" && ", settings)}; }} || {{ echo 'aios: the limits of this run could not be set' >&2; exit 125; }}; exec "
            + $"\"$0\" \"$@\"";
        return spec with { Executable = Shell, Argv = [Shell, "-c", script, .. Unspeakable(spec), spec.Executable, .. spec.Argv.Skip(1)] };
    }

    // Some shells do not pass on variables that they could not name; env(1) then sets them.
    private static IEnumerable<string> Unspeakable(ProcessSpec spec)
    {
        var lost = spec.Environment.Where(pair => !IsName(pair.Key)).Select(pair => $"{pair.Key}={pair.Value}").ToList();
        return lost.Count == 0 || spec.Executable.Contains('=') || !File.Exists(Env) ? [] : lost.Prepend(Env);
    }

    private static bool IsName(string name) => !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static List<string> Settings(StartLimits? limits)
    {
        var settings = new List<string>();
        if (limits?.OpenFiles is { } files)
        {
            settings.Add($"ulimit -n {Text(files)}");
        }

        if (limits is { CpuSeconds: { } soft, CpuSecondsHard: { } hard })
        {
            settings.Add($"ulimit -S -t {Text(soft)} && ulimit -H -t {Text(hard)}");
        }

        settings.AddRange((limits?.CgroupProcs ?? []).Select(procs => $"echo 0 > {Quoted(procs)}"));
        return settings;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
