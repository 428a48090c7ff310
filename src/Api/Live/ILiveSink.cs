namespace Aios.Api.Live;

/// <summary>
/// Sends what happens to one who watches. Each call is over when it has been taken from here, or fails if that lasts too long.
/// </summary>
internal interface ILiveSink
{
    /// <summary>Tells where the reader stands, so that it can go on there if it has to come back; and that both are there.</summary>
    Task Position(long position);

    /// <summary>Sends rows.</summary>
    Task Send(IReadOnlyList<LiveRow> rows);

    /// <summary>Tells that rows after a number are gone, and from where it goes on.</summary>
    Task Dropped(long after, long position);

    /// <summary>Tells that nothing more will come.</summary>
    /// <param name="json">What it came to.</param>
    Task End(ReadOnlyMemory<byte> json);
}
