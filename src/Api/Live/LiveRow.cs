namespace Aios.Api.Live;

/// <summary>A row that is sent to whoever watches. All of them share it, so it is written only once for each way of sending.</summary>
/// <param name="Id">Where to go on after it.</param>
/// <param name="Kind">The name of the event.</param>
/// <param name="JobName">The job that it is about, or null.</param>
/// <param name="RunId">The run that it is about, or null.</param>
/// <param name="Level">Of a line of the log, else null.</param>
/// <param name="Json">What it says.</param>
internal sealed record LiveRow(long Id, string Kind, string? JobName, long? RunId, string? Level, ReadOnlyMemory<byte> Json)
{
    private byte[]? _eventStream;
    private byte[]? _message;

    /// <summary>As an event stream has it.</summary>
    public ReadOnlyMemory<byte> EventStream => _eventStream ??= LiveFrames.EventStream($"{Id}", Kind, Json.Span);

    /// <summary>As a message of a WebSocket.</summary>
    public ReadOnlyMemory<byte> Message => _message ??= LiveFrames.Message(Id, Kind, Json.Span);
}
