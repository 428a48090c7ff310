using Aios.Daemon;
using Aios.Daemon.Claiming;
using Aios.Jobs;

namespace Aios.Doctor;

/// <summary>What there is to look at. Anything of it may be missing: a home is looked at before it is complete.</summary>
/// <param name="Settings">As a daemon would have them.</param>
/// <param name="List">The job list, mistakes and all; null where there is no folder for it.</param>
/// <param name="Clock">The only source of time.</param>
internal sealed record ExaminationInput(DaemonSettings Settings, JobList? List, TimeProvider Clock)
{
    /// <summary>Reads what is there.</summary>
    public static ExaminationInput Of(DaemonSettings settings, TimeProvider clock) =>
        new(
            settings,
            Directory.Exists(settings.JobsFolder) ? JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder) : null,
            clock
        );

    /// <summary>The jobs that this device would run.</summary>
    public IEnumerable<Job> Runnable => (List?.Jobs ?? []).Where(job => JobEligibility.CanRun(job, Settings.Tags));

    /// <summary>Those of them that are processes of this machine: what is in an image is not looked at.</summary>
    public IEnumerable<Job> Processes =>
        Runnable.SelectMany(job => job.Parts).Where(part => part.Place.Kind.IsThisMachine && part.Work.TakesSlot);

    /// <summary>Those of them that need a container engine.</summary>
    public IEnumerable<Job> Containers => Runnable.Where(job => job.Place.Kind.NeedsEngine);

    /// <summary>The folder of the database.</summary>
    public string DatabaseFolder => Settings.Database.Folder;
}
