using System.Collections.Concurrent;
using Aios.Running.Python;

namespace Aios.Running.Linux.Warm;

/// <summary>Has residents fork the processes of calls. Where that cannot be, a fresh interpreter does the same, slower.</summary>
internal sealed class WarmInterpreter : IPythonInterpreter
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan IdleCheck = TimeSpan.FromMinutes(1);

    private readonly LinuxProcessHost _host;
    private readonly IPythonInterpreter _fresh;
    private readonly PythonScripts _scripts;
    private readonly RunFolder _folder;
    private readonly TimeProvider _clock;
    private readonly Action<string> _tell;
    private readonly ConcurrentDictionary<string, ResidentSlot> _slots = new(StringComparer.Ordinal);
    private readonly ITimer _idle;

    public WarmInterpreter(
        LinuxProcessHost host,
        IPythonInterpreter fresh,
        PythonScripts scripts,
        RunFolder folder,
        TimeProvider clock,
        Action<string> tell
    )
    {
        _host = host;
        _fresh = fresh;
        _scripts = scripts;
        _folder = folder;
        _clock = clock;
        _tell = tell;
        _idle = clock.CreateTimer(_ => EndIdle(), null, IdleCheck, IdleCheck);
    }

    public IChild Start(FunctionCall call, IRunObserver observer) => TryStart(call, observer) ?? _fresh.Start(call, observer);

    public void Dispose()
    {
        _idle.Dispose();
        foreach (var slot in _slots.Values)
        {
            slot.End();
        }
    }

    private LinuxChild? TryStart(FunctionCall call, IRunObserver observer)
    {
        SpecLimits.Check(call.Spec);
        var slot = _slots.GetOrAdd(ResidentSpec.Key(call), _ => new(_host, _scripts, _clock, _tell));

        // Twice: one that has just ended is followed by another.
        for (var tries = 0; tries < 2; tries++)
        {
            if (slot.Current(call) is not { } resident)
            {
                return null;
            }

            if (resident.IsReadyAt(LongestStart) && TryStart(resident, call, observer) is { } child)
            {
                return child;
            }
        }

        return null;
    }

    private LinuxChild? TryStart(Resident resident, FunctionCall call, IRunObserver observer)
    {
        if (Mailbox.TryMake(call, resident.Environment, _folder) is not { } mailbox)
        {
            return null;
        }

        LinuxChild? child = null;
        try
        {
            // multiprocessing starts it again as its main module.
            _ = _scripts.Path(PythonScripts.RunFunction);
            observer.TalkBy(mailbox);
            child = _host.TryStart(call.Spec.Mark, observer, (child, output, error) => resident.TryFork(child, output, error, mailbox.Fd));
            return child;
        }
        finally
        {
            if (child is null)
            {
                mailbox.Close();
            }
        }
    }

    private void EndIdle()
    {
        foreach (var (key, slot) in _slots)
        {
            if (slot.EndIdle(LongestIdle))
            {
                _slots.TryRemove(key, out _);
            }
        }
    }
}
