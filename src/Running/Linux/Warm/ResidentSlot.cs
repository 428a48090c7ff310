using Aios.Running.Python;
using Aios.Running.Secrets;

namespace Aios.Running.Linux.Warm;

/// <summary>The place of one resident after another: who serves the calls of one key, and when a new one is worth a try.</summary>
internal sealed class ResidentSlot(LinuxProcessHost host, PythonScripts scripts, TimeProvider clock, Action<string> tell)
{
    private const int FailuresToTell = 3;
    private const int MaxDoublings = 6;

    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Resident? _resident;
    private int _failures;
    private TimeSpan _pause;
    private long _pausedAt;
    private string? _told;

    /// <summary>The resident that may serve now; null: none, for now.</summary>
    public Resident? Current(FunctionCall call)
    {
        lock (_gate)
        {
            if (_resident is { State: ResidentState.Ready, IsStale: true })
            {
                _resident.Close();
                _resident = null;
            }

            if (_resident is { State: ResidentState.Unfit or ResidentState.Ended })
            {
                Judge(_resident, call);
                _resident = null;
            }

            if (_resident is null && clock.GetElapsedTime(_pausedAt) >= _pause)
            {
                _resident = Start(call);
            }

            return _resident;
        }
    }

    /// <summary>Ends a resident that nothing was asked of for that long. True: nobody is here.</summary>
    public bool EndIdle(TimeSpan limit)
    {
        lock (_gate)
        {
            if (_resident is { } idle && idle.Idle >= limit)
            {
                idle.Close();
                _resident = null;
            }

            return _resident is null;
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _resident?.Kill();
            _resident = null;
            _pause = TimeSpan.MaxValue;
        }
    }

    private Resident? Start(FunctionCall call)
    {
        try
        {
            var resident = Resident.TryStart(host, ResidentSpec.Make(call, scripts), clock);
            _pause = resident is null ? TimeSpan.MaxValue : TimeSpan.Zero;
            return resident;
        }
        catch (Exception error) when (error is RunStartException or IOException or UnauthorizedAccessException)
        {
            // The run will say what is wrong: a fresh interpreter is started in the same way.
            (_pause, _pausedAt) = (FirstPause, clock.GetTimestamp());
            return null;
        }
    }

    private void Judge(Resident ended, FunctionCall call)
    {
        if (ended.State == ResidentState.Unfit)
        {
            ended.Close();
            Pause();
            Tell($"Functions with {Words(call)} run in fresh interpreters, which start slower: {Trouble(ended, call)}.");
            return;
        }

        if (ended.Age >= Stable)
        {
            _failures = 0;
            return;
        }

        Pause();
        if (_failures >= FailuresToTell)
        {
            Tell(
                $"Functions with {Words(call)} run in fresh interpreters, which start slower: the Python that should fork them ends at "
                    + $"its start again and again{(ended.Trouble.Length > 0 ? ", and its last words were: " + Trouble(ended, call) : "")}."
            );
        }
    }

    private void Pause()
    {
        var pause = FirstPause * (1 << Math.Min(_failures, MaxDoublings));
        _failures++;
        (_pause, _pausedAt) = (_failures < FailuresToTell && _told is null ? TimeSpan.Zero : pause, clock.GetTimestamp());
    }

    private void Tell(string text)
    {
        if (_told != text)
        {
            _told = text;
            tell(text);
        }
    }

    // Modules print, too, and have what the job has in its environment.
    private static string Trouble(Resident ended, FunctionCall call)
    {
        var mask = SecretSources.Read(
            call.Request.Job,
            name => call.Spec.Environment.FirstOrDefault(pair => pair.Key == name).Value,
            call.Home,
            static _ => { }
        );
        return mask?.Mask(ended.Trouble, mayBeCutOff: true) ?? ended.Trouble;
    }

    private static string Words(FunctionCall call) =>
        call.Function.Preload.IsEmpty
            ? call.Function.Interpreter
            : $"{call.Function.Interpreter} and the preload {string.Join(", ", call.Function.Preload)}";
}
