using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Aios.Running.Linux.Warm;

/// <summary>
/// A Python that stays, with its modules imported, and forks a child for each request (serve_functions.py). The children
/// are children of this process: the end of a resident means nothing to them.
/// </summary>
internal sealed class Resident : IChildObserver, IForker
{
    private const int MaxAnswer = 256 * 1024;

    // A machine under load may take its time; a resident that was stopped never answers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(30);

    private readonly LinuxProcessHost _host;
    private readonly ControlSocket _socket;
    private readonly ConcurrentDictionary<long, PendingFork> _pending = new();
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _buffer = new byte[MaxAnswer];
    private readonly StringBuilder _lastWords = new();
    private readonly Lock _sending = new();
    private readonly Lock _receiving = new();
    private readonly TimeProvider _clock;
    private readonly long _startedAt;
    private volatile ResidentState _state = ResidentState.Starting;
    private LinuxChild? _process;
    private WatchedFile[] _watched = [];
    private string? _unfit;
    private bool _isClosing;
    private bool _nobodyHoldsIt;
    private long _lastRequest;
    private long _lastUsed;

    private Resident(LinuxProcessHost host, ControlSocket socket, ProcessSpec spec, TimeProvider clock)
    {
        _clock = clock;
        _startedAt = _lastUsed = clock.GetTimestamp();
        _host = host;
        _socket = socket;
        Environment = spec.Environment.ToDictionary(StringComparer.Ordinal);
    }

    bool IChildObserver.WantsTicks => false;

    public ResidentState State => _state;

    /// <summary>What it was started with, and so what each child has.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Why it is unfit, or the last of what it printed.</summary>
    public string Trouble
    {
        get
        {
            lock (_lastWords)
            {
                return _unfit ?? LineText.Flatten(_lastWords.ToString().Trim());
            }
        }
    }

    /// <summary>It served for at least this long, or serves still.</summary>
    public TimeSpan Age => _clock.GetElapsedTime(_startedAt);

    public TimeSpan Idle => _clock.GetElapsedTime(_lastUsed);

    /// <summary>Whether a file that it holds the content of is another one by now.</summary>
    public bool IsStale => _watched.Any(file => file.IsChanged);

    /// <summary>Starts one; null where the system has not what it needs.</summary>
    /// <exception cref="RunStartException">The interpreter could not be started.</exception>
    public static Resident? TryStart(LinuxProcessHost host, ProcessSpec spec, TimeProvider clock)
    {
        if (ControlSocket.Open(Patience, out var other) is not { } socket)
        {
            return null;
        }

        var resident = new Resident(host, socket, spec, clock);
        try
        {
            resident._process = (LinuxChild)host.Start(spec with { Input = other }, resident);
        }
        catch
        {
            socket.Close();
            throw;
        }
        finally
        {
            _ = LibC.close(other);
        }

        host.Reaper.Add(resident);
        new Thread(resident.Listen) { IsBackground = true, Name = "aios warm python" }.Start();
        return resident;
    }

    /// <summary>Waits until it is ready, or surely is not, but not longer than until it is that old.</summary>
    public bool IsReadyAt(TimeSpan age)
    {
        var left = age - Age;
        return (_settled.Task.IsCompleted || (left > TimeSpan.Zero && _settled.Task.Wait(left))) && _state == ResidentState.Ready;
    }

    /// <summary>Forks a child; false if surely none was and none will be.</summary>
    /// <exception cref="RunStartException">Nothing can be said of it.</exception>
    public bool TryFork(LinuxChild child, int output, int error, int mailbox)
    {
        _lastUsed = _clock.GetTimestamp();
        var fork = new PendingFork(child, _clock);
        var request = Interlocked.Increment(ref _lastRequest);
        if (!TrySend(request, fork, [output, error, mailbox]))
        {
            return false;
        }

        return fork.Wait(Patience) ?? AnswerAtItsEnd(request, fork);
    }

    /// <summary>Ends once it has served what it was asked.</summary>
    public void Close()
    {
        lock (_sending)
        {
            if (_isClosing)
            {
                return;
            }

            _isClosing = true;
            if (!_nobodyHoldsIt)
            {
                _socket.EndSending();
            }
        }

        if (_state != ResidentState.Ready)
        {
            Kill();
        }
    }

    /// <summary>Ends at once; its children go on.</summary>
    public void Kill()
    {
        lock (_sending)
        {
            _isClosing = true;
        }

        _host.Reaper.KillLeader(_process!);
    }

    public void Hear()
    {
        lock (_receiving)
        {
            while (!_nobodyHoldsIt)
            {
                var length = _socket.Receive(_buffer);
                if (length < 0)
                {
                    return;
                }

                if (length == 0)
                {
                    End();
                    return;
                }

                Take(Encoding.UTF8.GetString(_buffer, 0, length));
            }
        }
    }

    void IChildObserver.Output(OutputStream stream, ReadOnlySpan<byte> bytes)
    {
        const int kept = 500;
        lock (_lastWords)
        {
            _lastWords.Append(Encoding.UTF8.GetString(bytes));
            if (_lastWords.Length > kept)
            {
                _lastWords.Remove(0, _lastWords.Length - kept);
            }
        }
    }

    void IChildObserver.Tick()
    {
        // Nothing is held back.
    }

    void IChildObserver.MainExited(IChild child, ExitStatus status, bool leftBehind)
    {
        if (leftBehind)
        {
            // What a module started at its import ends with the one that imported it.
            child.Kill();
        }
    }

    void IChildObserver.Ended(ProcessUsage used)
    {
        // What it said by its socket comes first; one that never got ready is judged by its last words, which are all here now.
        Hear();
        SettleEnded();
    }

    private bool AnswerAtItsEnd(long request, PendingFork fork)
    {
        Kill();
        if (fork.Wait(LastPatience) is { } answer)
        {
            return answer;
        }

        // Whoever takes it out of the list answers for it.
        if (!_pending.TryRemove(request, out _))
        {
            return fork.Wait(LastPatience) is true;
        }

        throw new RunStartException(
            $"the Python that forks its process (process {_process!.Pid}) neither answers nor ends, so it is not known whether the "
                + $"function would run; see what holds that process up"
        );
    }

    private bool TrySend(long request, PendingFork fork, ReadOnlySpan<int> descriptors)
    {
        Span<byte> text = stackalloc byte[20];
        request.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        int failure;
        lock (_sending)
        {
            if (_isClosing)
            {
                return false;
            }

            _pending[request] = fork;
            failure = _socket.Send(text[..length], descriptors);
        }

        if (failure == Errno.EAGAIN)
        {
            Kill();
        }

        return failure == 0 || !_pending.TryRemove(request, out _);
    }

    private void Listen()
    {
        while (!_nobodyHoldsIt)
        {
            _socket.Wait();
            Hear();
        }

        _host.Reaper.Remove(this);
    }

    private void Take(string answer)
    {
        switch (answer[0])
        {
            case 'h':
                Settle(answer[2..]);
                break;
            case 's' when answer.Split(' ') is [_, var request, var pid]:
                Started(long.Parse(request, CultureInfo.InvariantCulture), int.Parse(pid, CultureInfo.InvariantCulture));
                break;
            case 'n' when _pending.TryRemove(long.Parse(answer.AsSpan(2), CultureInfo.InvariantCulture), out var fork):
                fork.Answer(isStarted: false);
                break;
        }
    }

    private void Settle(string hello)
    {
        using var document = JsonDocument.Parse(hello);
        if (document.RootElement.TryGetProperty("unfit", out var why))
        {
            _unfit = LineText.Flatten(why.GetString()!);
            _state = ResidentState.Unfit;
        }
        else
        {
            _watched =
            [
                .. document
                    .RootElement.GetProperty("watch")
                    .EnumerateArray()
                    .Select(entry => new WatchedFile(entry[0].GetString()!, entry[1].GetInt64())),
            ];
            _state = ResidentState.Ready;
        }

        _settled.TrySetResult();
    }

    private void Started(long request, int pid)
    {
        if (_pending.TryRemove(request, out var fork))
        {
            _host.Reaper.Take(fork.Child, pid);
            fork.Answer(isStarted: true);
            return;
        }

        // Nobody waits any more: it was said to have failed.
        _ = LibC.kill(pid, LibC.SIGKILL);
    }

    // Neither it nor a child that has not yet said so is left.
    private void End()
    {
        lock (_sending)
        {
            _isClosing = true;
            _nobodyHoldsIt = true;
            _socket.Close();
        }

        if (_state == ResidentState.Starting)
        {
            Kill();
        }
        else
        {
            SettleEnded();
        }

        foreach (var request in _pending.Keys)
        {
            if (_pending.TryRemove(request, out var fork))
            {
                fork.Answer(isStarted: false);
            }
        }
    }

    private void SettleEnded()
    {
        if (_state != ResidentState.Unfit)
        {
            _state = ResidentState.Ended;
        }

        _settled.TrySetResult();
    }
}
