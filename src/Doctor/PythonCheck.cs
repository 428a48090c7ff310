using System.Diagnostics;
using Aios.Running;

namespace Aios.Doctor;

/// <summary>The Pythons that run the jobs' programs, or would: are they there, and new enough?</summary>
internal sealed class PythonCheck : ICheck
{
    private static readonly Version Oldest = new(3, 7);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public string Name => "python";

    public Finding Look(ExaminationInput setUp)
    {
        var pythons = new PythonOfJob(setUp.Settings.Home, setUp.Settings.Python);
        var needing = setUp
            .Processes.Where(job => job.Work.IsPython)
            .GroupBy(job => pythons.Of(job.Work.Interpreter))
            .ToDictionary(group => group.Key, group => group.Count());
        if (needing.Count == 0)
            needing[pythons.Usual] = 0;
        var findings = needing.Select(pair => Look(pair.Key, pair.Value, setUp)).ToList();
        return findings.Find(finding => finding.State != FindingState.Ok)
            ?? Finding.Ok(string.Join(", ", findings.Select(finding => finding.Figure)));
    }

    private static Finding Look(string python, int needed, ExaminationInput setUp)
    {
        string path;
        try
        {
            path = ExecutableSearch.Find(python, Environment.GetEnvironmentVariable("PATH"), setUp.Settings.Home);
        }
        catch (RunStartException error)
        {
            return Missing(error.Message, needed);
        }

        var version = VersionOf(path);
        if (version is null)
            return Missing($"{path} does not answer as Python does", needed);
        var figure = $"{version} ({path})";
        return version < Oldest ? Missing($"{figure} is older than {Oldest}", needed) : Finding.Ok(figure);
    }

    private static Finding Missing(string figure, int needed)
    {
        const string advice = "Install python3, make a .venv in the home, or name yours with AIOS_PYTHON or `python:` in aios.yaml.";
        return needed == 0
            ? Finding.Note(figure, $"No job needs it now. {advice}")
            : Finding.Problem(figure, $"{(needed == 1 ? "1 job needs" : $"{needed} jobs need")} it. {advice}");
    }

    private static Version? VersionOf(string path)
    {
        var start = new ProcessStartInfo(path, ["-I", "-S", "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var python = Process.Start(start);
            if (python is null)
                return null;
            var said = python.StandardOutput.ReadToEndAsync();
            if (python.WaitForExit(Longest) && said.Wait(Longest))
                return Version.TryParse(said.Result.Trim(), out var version) ? version : null;
            python.Kill(entireProcessTree: true);
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
