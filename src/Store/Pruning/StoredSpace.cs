namespace Aios.Store.Pruning;

/// <summary>How a database file is filled.</summary>
/// <param name="Pages">Pages of the file.</param>
/// <param name="FreePages">Those that hold nothing.</param>
/// <param name="PageSize">In bytes.</param>
/// <param name="CanShrink">Whether free pages can be given back; a file of the Python original keeps them for later use.</param>
internal sealed record StoredSpace(long Pages, long FreePages, long PageSize, bool CanShrink)
{
    // A little is left free for what comes next: else each row would cost a page taken from the disk and given back.
    private const long LeastSlack = 64;
    private const long SlackShare = 20;

    /// <summary>What is in use.</summary>
    public long UsedBytes => (Pages - FreePages) * PageSize;

    /// <summary>What is not.</summary>
    public long FreeBytes => FreePages * PageSize;

    /// <summary>How many pages are better given back.</summary>
    public long SurplusPages => Math.Max(0, FreePages - Math.Max(LeastSlack, Pages / SlackShare));
}
