using System.Buffers.Text;

namespace Aios.Running.Linux;

/// <summary>What a living process uses, by /proc/PID/stat (proc_pid_stat(5)).</summary>
/// <param name="Cpu">Processor time of it, and of children that it has waited for.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="Resident">Bytes resident, with what it shares.</param>
internal readonly record struct ProcLoad(TimeSpan Cpu, int Threads, long Resident)
{
    private const int StateField = 3;
    private const int FirstTimeField = 14;
    private const int LastTimeField = 17;
    private const int ThreadsField = 20;
    private const int ResidentField = 24;

    // USER_HZ, the same on all architectures that .NET runs on.
    private const long TicksASecond = 100;

    /// <summary>Nothing, if there is no such process.</summary>
    public static ProcLoad Of(int pid)
    {
        Span<byte> buffer = stackalloc byte[1024];
        var length = ProcFile.Read($"/proc/{pid}/stat", buffer);
        return length <= 0 ? default : Parse(buffer[..length]);
    }

    public static ProcLoad Parse(ReadOnlySpan<byte> text)
    {
        long time = 0,
            threads = 0,
            pages = 0;
        var rest = text[(text.LastIndexOf((byte)')') + 1)..].TrimStart((byte)' ');
        for (var field = StateField; field <= ResidentField && !rest.IsEmpty; field++)
        {
            var end = rest.IndexOf((byte)' ');
            var number = Utf8Parser.TryParse(end < 0 ? rest : rest[..end], out long value, out _) ? value : 0;
            if (field is >= FirstTimeField and <= LastTimeField)
                time += number;
            if (field == ThreadsField)
                threads = number;
            if (field == ResidentField)
                pages = number;
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return new(TimeSpan.FromTicks(time * (TimeSpan.TicksPerSecond / TicksASecond)), (int)threads, pages * Environment.SystemPageSize);
    }
}
