using System.Collections.Immutable;
using Aios.Jobs;

namespace Aios.Models.Configuration;

/// <summary>
/// The settings in force. The file is looked at when somebody asks, so that a change counts with the next call; while it has
/// mistakes, the last valid one counts. May be called from any thread.
/// </summary>
/// <param name="home">The folder of <c>models.yaml</c>.</param>
/// <param name="warn">Told what is wrong, once for each state of the file.</param>
internal sealed class LiveModelSettings(string home, Action<string> warn)
{
    private readonly Lock _gate = new();
    private ModelSettings _current = ModelSettings.Empty;
    private ImmutableArray<JobListError> _errors = [];
    private (DateTime Written, long Length)? _seen;

    /// <summary>The folder of the file.</summary>
    public string Home => home;

    /// <summary>Whether there is such a file.</summary>
    public bool Exists
    {
        get
        {
            lock (_gate)
            {
                Refresh();
                return _seen is not null;
            }
        }
    }

    /// <summary>What counts now.</summary>
    public ModelSettings Current
    {
        get
        {
            lock (_gate)
            {
                Refresh();
                return _current;
            }
        }
    }

    /// <summary>What is wrong with the file now; empty if nothing is.</summary>
    public ImmutableArray<JobListError> Errors
    {
        get
        {
            lock (_gate)
            {
                Refresh();
                return _errors;
            }
        }
    }

    private void Refresh()
    {
        var file = new FileInfo(Path.Combine(home, ModelSettingsLoader.FileName));
        (DateTime, long)? state = file.Exists ? (file.LastWriteTimeUtc, file.Length) : null;
        if (state == _seen)
            return;
        _seen = state;
        var (settings, errors) = state switch
        {
            null => (ModelSettings.Empty, []),
            // Most programs empty a file before they write it.
            { Item2: 0 } => (null, [Mistake("is empty; expected providers, models and routes. To call no models, remove the file")]),
            _ => Load(file.FullName),
        };
        _errors = errors;
        _current = settings ?? _current;
        foreach (var error in errors)
            warn(error.ToText());
        if (!errors.IsEmpty)
            warn($"{ModelSettingsLoader.FileName} has mistakes, so the last valid version is in force.");
    }

    private static (ModelSettings? Settings, ImmutableArray<JobListError> Errors) Load(string path)
    {
        try
        {
            return ModelSettingsLoader.Read(File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, [Mistake($"cannot be read: {error.Message}")]);
        }
    }

    private static JobListError Mistake(string problem) => new(ModelSettingsLoader.FileName, 0, 0, null, null, problem, null, null, []);
}
