using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Aios.Running.Linux;

/// <summary>Reads marks from the environments of processes.</summary>
internal static class Environ
{
    // One string may be 128 KiB; ours come first unless a program moved them.
    private const int ReadAtMost = 256 * 1024;

    private const int ExecTries = 100;
    private const int EmptyReads = 4;

    // Threads of the kernel have no environment either.
    private const int KernelSession = 0;

    /// <summary>Null if the process is gone, not ours to look into, or carries no mark. May wait for an exec to pass.</summary>
    public static ProcessMark? MarkOf(ProcStat process)
    {
        for (var tries = 1; ; tries++)
        {
            if (TryMarkOf(process, out var mark) || tries == ExecTries || ProcStat.Of(process.Pid) is not { IsZombie: false })
            {
                return mark;
            }

            Thread.Sleep(1);
        }
    }

    /// <summary>False: it cannot be told now, as the process is dying or in the middle of an exec, where it has no environment.</summary>
    public static bool TryMarkOf(ProcStat process, out ProcessMark? mark)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadAtMost);
        try
        {
            // What was opened before an exec is empty after it: only what is empty again and again is so.
            for (var reads = 0; reads < EmptyReads; reads++)
            {
                var length = ProcFile.Read($"/proc/{process.Pid}/environ", buffer);
                mark = length <= 0 ? null : Parse(buffer.AsSpan(0, length));
                if (length > 0 || process.Session == KernelSession)
                {
                    return true;
                }

                if (IsChanging(process.Pid))
                {
                    return false;
                }
            }

            mark = null;
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Also a process that was started without an environment has a command line; one in an exec or dying has neither.
    private static bool IsChanging(int pid)
    {
        Span<byte> any = stackalloc byte[1];
        return ProcFile.Read($"/proc/{pid}/cmdline", any) <= 0;
    }

    public static ProcessMark? Parse(ReadOnlySpan<byte> environment)
    {
        var marker = Value(environment, "AIOS_MARK="u8);
        var run = Value(environment, "AIOS_RUN_ID="u8);
        return marker.IsEmpty || !Utf8Parser.TryParse(run, out long runId, out _) ? null : new(Encoding.UTF8.GetString(marker), runId);
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> environment, ReadOnlySpan<byte> name)
    {
        while (!environment.IsEmpty)
        {
            var end = environment.IndexOf((byte)0);
            var entry = end < 0 ? environment : environment[..end];
            if (entry.StartsWith(name))
            {
                return entry[name.Length..];
            }

            environment = end < 0 ? [] : environment[(end + 1)..];
        }

        return [];
    }
}
