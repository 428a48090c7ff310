using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Aios.Jobs;
using Aios.Platform.Linux;
using Aios.Running.Secrets;

namespace Aios.Running;

using Pair = KeyValuePair<string, string>;

/// <summary>The environment of a run: the daemon's own, the job's over it, and what a program is told of its run over that.</summary>
internal sealed class RunEnvironment
{
    /// <summary>Which trace a run belongs to, for its program.</summary>
    public const string TraceName = "TRACEPARENT";

    /// <summary>Where a program starts, as a shell would have it.</summary>
    public const string FolderName = "PWD";

    // Larger ones are in the file only: the kernel ends one string at 128 KiB.
    private const int MaxKwargsBytes = 100 * 1024;

    private static readonly StringComparer Names = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    // Read once: the system's answer changes when the file is replaced by a newer one.
    private static readonly string? Executable = FindExecutable();

    private readonly RunningSettings _settings;
    private readonly string _modules;
    private readonly Dictionary<string, string> _own;

    // A job is immutable, and reloading the list makes a new one.
    private readonly ConditionalWeakTable<Job, Base> _bases = [];

    /// <param name="settings">What all runs are told.</param>
    /// <param name="modules">A folder that Python shall find modules in, after all that the user or the job names.</param>
    public RunEnvironment(RunningSettings settings, string modules)
    {
        _settings = settings;
        _modules = modules;
        _own = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Where(entry => IsForPrograms((string)entry.Key))
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", Names);
    }

    /// <summary>The PATH that programs of a job see.</summary>
    public string? PathOf(Job job) => BaseOf(job).Path;

    /// <summary>A variable as the programs of a job see it; null if there is none, or if each run has its own.</summary>
    public string? Find(Job job, string name)
    {
        foreach (var pair in BaseOf(job).Pairs)
        {
            if (Names.Equals(pair.Key, name))
            {
                return pair.Value;
            }
        }

        return null;
    }

    /// <summary>Each name once. What tells runs apart comes first, for it is looked for in living processes.</summary>
    public IReadOnlyList<Pair> Of(RunRequest request, DateTimeOffset? deadline)
    {
        var pairs = new List<Pair>(48)
        {
            new(ProcessMark.MarkerName, _settings.Marker),
            new(ProcessMark.RunIdName, Text(request.RunId)),
            new("AIOS_TRIGGER_ID", Text(request.TriggerId)),
            new("AIOS_ATTEMPT", Text(request.Attempt)),
        };
        if (FitsKwargs(request))
        {
            pairs.Add(new("AIOS_KWARGS", request.KwargsJson));
        }

        if (request.TraceParent is { } trace)
        {
            pairs.Add(new(TraceName, trace));
        }

        if (deadline is { } end)
        {
            pairs.Add(new("AIOS_DEADLINE", Text(end.ToUnixTimeSeconds())));
        }

        pairs.AddRange(ModelVariables.Of(request, _settings));
        pairs.AddRange(BaseOf(request.Job).Pairs);
        return pairs;
    }

    /// <summary>Whether the named arguments are short enough to be told by the environment, too.</summary>
    public static bool FitsKwargs(RunRequest request) => Encoding.UTF8.GetByteCount(request.KwargsJson) <= MaxKwargsBytes;

    // Under `dotnet aios.dll` the process is another's, and no verb of ours would be understood.
    private static string? FindExecutable() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet" ? null : Environment.ProcessPath;

    private static bool IsForPrograms(string name) =>
        name != "OLDPWD" && !name.StartsWith("AIOS_", StringComparison.Ordinal) && !ServiceManager.Variables.Contains(name);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private Base BaseOf(Job job) => _bases.GetValue(job, Make);

    private Base Make(Job job)
    {
        var all = new Dictionary<string, string>(_own, Names);
        foreach (var (name, value) in job.Env)
        {
            all[name] = value;
        }

        foreach (var (name, value) in job.Work.Variables)
        {
            all[name] = value;
        }

        all.TryAdd("PYTHONUNBUFFERED", "1");
        all["PYTHONPATH"] = all.GetValueOrDefault("PYTHONPATH") is { Length: > 0 } own ? own + Path.PathSeparator + _modules : _modules;
        all["AIOS_JOB"] = job.Name;
        all["AIOS_HOME"] = _settings.Home;
        all["AIOS_DB"] = _settings.Database;
        all[FolderName] = WorkingFolder.Of(job, _settings.Home);
        all["DEVICE_ID"] = _settings.DeviceId;
        if (!job.Secrets.IsEmpty)
        {
            all[SecretSources.Variable] = SecretSources.Write(job);
        }

        if (Executable is { } executable)
        {
            all["AIOS_EXE"] = executable;
        }

        foreach (var name in job.Models.IsAllowed ? [.. OfOneRun, .. ModelVariables.Names] : OfOneRun)
        {
            all.Remove(name);
        }

        return new([.. all], all.GetValueOrDefault("PATH"));
    }

    private static readonly string[] OfOneRun =
    [
        ProcessMark.MarkerName,
        ProcessMark.RunIdName,
        "AIOS_TRIGGER_ID",
        "AIOS_ATTEMPT",
        RunFiles.KwargsName,
        RunFiles.ResultName,
        "AIOS_KWARGS",
        RunFiles.ArgsName,
        "AIOS_DEADLINE",
        TraceName,
        "TRACESTATE",
    ];

    private sealed record Base(Pair[] Pairs, string? Path);
}
