using System.Buffers.Text;

namespace Aios.Running.Linux;

/// <summary>What /proc/PID/stat says of a process (proc(5)).</summary>
/// <param name="Start">Clock ticks since boot.</param>
internal readonly record struct ProcStat(int Pid, char State, int Parent, int Group, int Session, long Start)
{
    private const int StateField = 3;
    private const int ParentField = 4;
    private const int GroupField = 5;
    private const int SessionField = 6;
    private const int StartField = 22;

    /// <summary>Dead, but not yet reaped.</summary>
    public bool IsZombie => State is 'Z' or 'X';

    /// <summary>Null if there is no such process.</summary>
    public static ProcStat? Of(int pid)
    {
        Span<byte> buffer = stackalloc byte[1024];
        var length = ProcFile.Read($"/proc/{pid}/stat", buffer);
        return length <= 0 ? null : Parse(pid, buffer[..length]);
    }

    /// <summary>Null if it is not the format of proc(5).</summary>
    public static ProcStat? Parse(int pid, ReadOnlySpan<byte> text)
    {
        // The name before may hold spaces and parentheses of its own: fields are counted from the last one.
        var rest = text[(text.LastIndexOf((byte)')') + 1)..].TrimStart((byte)' ');
        if (rest.IsEmpty)
        {
            return null;
        }

        var stat = new ProcStat(pid, (char)rest[0], 0, 0, 0, 0);
        for (var field = StateField; field <= StartField && !rest.IsEmpty; field++)
        {
            var end = rest.IndexOf((byte)' ');
            var word = end < 0 ? rest : rest[..end];
            stat = field switch
            {
                ParentField => stat with { Parent = (int)Number(word) },
                GroupField => stat with { Group = (int)Number(word) },
                SessionField => stat with { Session = (int)Number(word) },
                StartField => stat with { Start = Number(word) },
                _ => stat,
            };
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return stat.Start > 0 ? stat : null;
    }

    private static long Number(ReadOnlySpan<byte> word) => Utf8Parser.TryParse(word, out long value, out _) ? value : 0;
}
