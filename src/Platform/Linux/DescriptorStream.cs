using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Aios.Platform.Linux;

/// <summary>
/// Writes to a descriptor that the process was started with, as it is. The runtime's console would first read the
/// terminal's description and send sequences to it, which costs milliseconds and garbles what others draw there.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed partial class DescriptorStream : Stream
{
    private const int GetFlags = 1;
    private const int BrokenPipeSignal = 13;
    private const nint Ignore = 1;
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int BrokenPipe = 32;
    private readonly int _descriptor;

    private DescriptorStream(int descriptor) => _descriptor = descriptor;

    /// <summary>The stream; null where the descriptor is closed.</summary>
    public static DescriptorStream? Open(int descriptor)
    {
        if (Control(descriptor, GetFlags, 0) < 0)
            return null;
        // Who reads no further is told by the write itself.
        _ = Signal(BrokenPipeSignal, Ignore);
        return new DescriptorStream(descriptor);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes all of it. What nobody reads any more is dropped.</summary>
    /// <exception cref="IOException">The system refused, as on a full disk.</exception>
    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            for (var done = 0; done < buffer.Length; )
            {
                var written = WriteSome(_descriptor, start + done, (nuint)(buffer.Length - done));
                if (written >= 0)
                {
                    done += (int)written;
                    continue;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case Interrupted:
                        break;
                    case TryAgain:
                        _ = DescriptorPoll.Ask(_descriptor, DescriptorPoll.Writable, Timeout.Infinite);
                        break;
                    case BrokenPipe:
                        return;
                    default:
                        throw new IOException(Marshal.GetLastPInvokeErrorMessage());
                }
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint WriteSome(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int number, nint handler);
}
