using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Aios.Running.Linux;

/// <summary>Reads marks from the environments of processes.</summary>
internal static class Environ
{
    // One string may be 128 KiB; ours come first unless a program moved them.
    private const int ReadAtMost = 256 * 1024;

    /// <summary>Null if the process is gone, not ours to look into, or carries no mark.</summary>
    public static ProcessMark? MarkOf(int pid)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadAtMost);
        try
        {
            var length = ProcFile.Read($"/proc/{pid}/environ", buffer);
            return length <= 0 ? null : Parse(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static ProcessMark? Parse(ReadOnlySpan<byte> environment)
    {
        var marker = Value(environment, "AIOS_MARK="u8);
        var run = Value(environment, "AIOS_RUN_ID="u8);
        return marker.IsEmpty || !Utf8Parser.TryParse(run, out long runId, out _)
            ? null
            : new(Encoding.UTF8.GetString(marker), runId);
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
