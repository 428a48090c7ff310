using System.Buffers.Text;

namespace Aios.Running.Linux;

/// <summary>
/// The children of this process's main thread: those that lost their parent come to it, as this process is a subreaper
/// (prctl(2), PR_SET_CHILD_SUBREAPER). One pread of a file that stays open, or a scan of /proc on a kernel without it
/// (CONFIG_PROC_CHILDREN). The list is exact only if nothing is reaped while it is read.
/// </summary>
internal sealed unsafe class AdoptedPids
{
    private readonly int _file = LibC.open($"/proc/self/task/{Environment.ProcessId}/children", LibC.O_RDONLY | LibC.O_CLOEXEC, 0);

    private readonly List<int> _pids = [];
    private byte[] _buffer = new byte[4096];

    /// <summary>Valid until the next call; may hold own children too, started by this thread or by threads that ended.</summary>
    public List<int> Read()
    {
        _pids.Clear();
        if (_file < 0)
        {
            Scan();
            return _pids;
        }

        var length = ReadFile();
        for (
            var text = _buffer.AsSpan(0, length);
            Utf8Parser.TryParse(text, out int pid, out var used);
            text = text[Math.Min(used + 1, text.Length)..]
        )
        {
            _pids.Add(pid);
        }

        return _pids;
    }

    private int ReadFile()
    {
        while (true)
        {
            var length = 0;
            fixed (byte* buffer = _buffer)
            {
                nint count;
                while ((count = LibC.pread(_file, buffer + length, _buffer.Length - length, length)) > 0)
                {
                    length += (int)count;
                }
            }

            if (length < _buffer.Length)
            {
                return length;
            }

            _buffer = new byte[_buffer.Length * 2];
        }
    }

    private void Scan() =>
        _pids.AddRange(ProcessTable.Read().Where(process => process.Parent == Environment.ProcessId).Select(process => process.Pid));
}
