namespace Aios.Running.Linux;

/// <summary>The part of siginfo_t that waitid fills in (waitid(2)).</summary>
internal readonly unsafe struct ChildSiginfo
{
    private const int CodeOffset = 8;

    public ChildSiginfo(byte* info)
    {
        // The union after three ints is aligned to a pointer.
        var union = (int*)(info + (sizeof(nint) == 8 ? 16 : 12));
        Pid = union[0];
        var status = union[2];
        Exit = *(int*)(info + CodeOffset) == LibC.CLD_EXITED ? new(status, null) : new(null, status);
    }

    /// <summary>0 if no child has ended.</summary>
    public int Pid { get; }

    public ExitStatus Exit { get; }
}
