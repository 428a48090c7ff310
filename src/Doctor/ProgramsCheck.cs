using Aios.Jobs;
using Aios.Running;

namespace Aios.Doctor;

/// <summary>What the jobs of this device start as processes: is it there, and can it be executed?</summary>
internal sealed class ProgramsCheck : ICheck
{
    public string Name => "programs";

    public Finding Look(ExaminationInput setUp)
    {
        var settings = RunningSettingsOf(setUp);
        var (resolver, environment) = (new CommandResolver(settings), new RunEnvironment(settings, modules: ""));
        var jobs = setUp.Processes.ToList();
        var failures = jobs.Select(job => (job.Name, Why: WhyNot(job, resolver, environment, settings.Home)))
            .Where(pair => pair.Why is not null)
            .ToList();
        if (failures.Count == 0)
            return Finding.Ok(jobs.Count == 1 ? "that of 1 job can be started" : $"those of {jobs.Count} jobs can be started");
        var others = string.Join(", ", failures.Skip(1).Take(10).Select(pair => pair.Name));
        var rest = failures.Count == 1 ? "" : $" The same with: {others}{(failures.Count > 11 ? ", ..." : "")}.";
        return Finding.Problem(
            $"{failures.Count} of {jobs.Count} cannot be started; job \"{failures[0].Name}\": {failures[0].Why}",
            $"Runs of such jobs fail until that is fixed.{rest}"
        );
    }

    private static string? WhyNot(Job job, CommandResolver resolver, RunEnvironment environment, string home)
    {
        try
        {
            job = EnvFiles.Apply(job, home);
            resolver.Resolve(job, job.ArgsJson, environment.PathOf(job));
            return null;
        }
        catch (RunStartException error)
        {
            return error.Message;
        }
    }

    // Nothing is started, so nothing is told of a device or a boot.
    private static RunningSettings RunningSettingsOf(ExaminationInput setUp) =>
        new(
            setUp.Settings.Home,
            setUp.Settings.ProgramsFolder,
            setUp.Settings.Database.Name,
            setUp.DatabaseFolder,
            "",
            "",
            setUp.Settings.Python
        );
}
