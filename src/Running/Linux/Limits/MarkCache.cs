namespace Aios.Running.Linux.Limits;

/// <summary>
/// Remembers which mark a process carries, as that costs more to find out than all else. A process that takes another
/// mark by an exec is taken for what it was.
/// </summary>
internal sealed class MarkCache
{
    private const int Most = 10_000;

    private readonly Dictionary<ProcessIdentity, ProcessMark?> _marks = [];

    public ProcessMark? Of(ProcStat process)
    {
        var identity = new ProcessIdentity(process.Pid, process.Start);
        if (_marks.TryGetValue(identity, out var known))
        {
            return known;
        }

        // What cannot be told now can be told the next time.
        if (!Environ.TryMarkOf(process, out var mark))
        {
            return null;
        }

        if (_marks.Count >= Most)
        {
            _marks.Clear();
        }

        return _marks[identity] = mark;
    }

    public void Clear() => _marks.Clear();
}
