using System.Diagnostics;
using Aios.Running;

namespace Aios.Doctor;

/// <summary>The Python that runs Python programs: is it there, and new enough?</summary>
internal sealed class PythonCheck : ICheck
{
    private static readonly Version Oldest = new(3, 7);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public string Name => "python";

    public Finding Look(SetUp setUp)
    {
        var needed = setUp.Runnable.Count(job => job.IsPython);
        var wanted = PythonOf(setUp);
        string path;
        try
        {
            path = new ExecutableSearch(setUp.Settings.Home).Find(wanted, Environment.GetEnvironmentVariable("PATH"));
        }
        catch (StartFailure failure)
        {
            return Missing(failure.Message, needed);
        }

        var version = VersionOf(path);
        if (version is null) return Missing($"{path} does not answer as Python does", needed);
        var figure = $"{version} ({path})";
        if (version < Oldest) return Missing($"{figure} is older than {Oldest}", needed);
        return Finding.Ok(figure);
    }

    // A virtual environment in the home comes before the one that is set.
    private static string PythonOf(SetUp setUp)
    {
        var own = Path.Combine(setUp.Settings.Home, ".venv", "bin", "python");
        return File.Exists(own) ? own : setUp.Settings.Python;
    }

    private static Finding Missing(string figure, int needed)
    {
        const string advice = "Install python3, or name yours with AIOS_PYTHON or `python:` in aios.yaml.";
        return needed == 0
            ? Finding.Note(figure, $"No job needs it now. {advice}")
            : Finding.Problem(figure, $"{(needed == 1 ? "1 job needs" : $"{needed} jobs need")} it. {advice}");
    }

    private static Version? VersionOf(string path)
    {
        var start = new ProcessStartInfo(path, ["-I", "-S", "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var python = Process.Start(start);
            if (python is null) return null;
            var said = python.StandardOutput.ReadToEndAsync();
            if (python.WaitForExit(Longest) && said.Wait(Longest)) return Version.TryParse(said.Result.Trim(), out var version) ? version : null;
            python.Kill(entireProcessTree: true);
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
