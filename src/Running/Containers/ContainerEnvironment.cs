using System.Globalization;
using Aios.Jobs;

namespace Aios.Running.Containers;

/// <summary>
/// The environment of a run in a container: the job's own, and what a program is told of its run over that. Nothing of the
/// daemon's environment, which speaks of another place, but for the variables that the job names as secret; and no way to
/// the database.
/// </summary>
internal static class ContainerEnvironment
{
    public static IReadOnlyList<KeyValuePair<string, string>> Of(RunRequest request, RunningSettings settings, DateTimeOffset started)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["PYTHONUNBUFFERED"] = "1" };
        foreach (var name in request.Job.Secrets.Where(source => SecretSource.FileOf(source) is null))
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                all[name] = value;
        }

        foreach (var (name, value) in request.Job.Env.Concat(request.Job.Work.Variables))
            all[name] = value;
        all[ProcessMark.RunIdName] = Text(request.RunId);
        all["AIOS_TRIGGER_ID"] = Text(request.TriggerId);
        all["AIOS_ATTEMPT"] = Text(request.Attempt);
        all["AIOS_JOB"] = request.Job.Name;
        all["AIOS_HOME"] = ContainerLayout.Root;
        all["DEVICE_ID"] = settings.DeviceId;
        if (RunEnvironment.FitsKwargs(request))
            all["AIOS_KWARGS"] = request.KwargsJson;
        if (request.TraceParent is { } trace)
            all[RunEnvironment.TraceName] = trace;
        if (Run.Deadline(request, started) is { } end)
            all["AIOS_DEADLINE"] = Text(end.ToUnixTimeSeconds());
        foreach (var (name, value) in ModelVariables.Of(request, settings))
            all[name] = value;
        return [.. all];
    }

    /// <summary>The value of a variable that is not of one run; null if there is none.</summary>
    public static string? Find(Job job, string name) => job.Env.GetValueOrDefault(name) ?? Environment.GetEnvironmentVariable(name);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
