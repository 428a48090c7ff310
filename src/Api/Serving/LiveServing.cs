using System.IO.Pipelines;
using System.Net.WebSockets;
using Aios.Api.Live;
using Aios.Store;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Aios.Api.Serving;

/// <summary>
/// Serves those who watch, as server-sent events or over a WebSocket, whichever they ask for. Who takes nothing for a
/// while is let go; they can go on later from where they were.
/// </summary>
/// <param name="most">How many may watch at once.</param>
internal sealed class LiveServing(int most) : IAsyncDisposable
{
    /// <summary>How many may watch at once, so that there is always room for those who ask for something.</summary>
    public int Most => most;

    private static readonly TimeSpan PatienceWithReader = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PatienceWithGoodbye = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _closing = new();
    private int _open;

    /// <summary>Whether there is room for one more; then there is one more, until <see cref="Serve"/> is over.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= most)
            return true;
        Interlocked.Decrement(ref _open);
        return false;
    }

    /// <summary>Sends what a reader wants until it ends.</summary>
    public async Task Serve(HttpContext context, LiveReader reader)
    {
        try
        {
            // How long a reader may take is said here, and not in bytes a second.
            if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
                rate.MinDataRate = null;
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _closing.Token);
            if (HttpMethods.IsHead(context.Request.Method))
                context.Response.ContentType = EventStream;
            else if (WebSocketHandshake.IsAskedFor(context.Request))
                await ServeSocket(context, reader, ending).ConfigureAwait(false);
            else
                await ServeEventStream(context, reader, ending).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>Ends all of them.</summary>
    public async ValueTask DisposeAsync() => await _closing.CancelAsync().ConfigureAwait(false);

    private const string EventStream = "text/event-stream";

    private static async Task ServeEventStream(HttpContext context, LiveReader reader, CancellationTokenSource ending)
    {
        var response = context.Response;
        response.ContentType = EventStream;
        // For proxies that would collect what should go on at once.
        response.Headers["X-Accel-Buffering"] = "no";
        // So that nothing else is asked over it after an early end.
        response.Headers.Connection = "close";
        using var patience = new ReaderPatience(PatienceWithReader, ending.Token);
        await response.StartAsync(ending.Token).ConfigureAwait(false);
        var sink = new EventStreamSink(response.BodyWriter, () => patience.Hold(token => Flush(response.BodyWriter, token)));
        if (await Run(reader, sink, ending.Token).ConfigureAwait(false) != Ended.Early)
            return;
        _ = AbortLater(context.Features.Get<IConnectionLifetimeFeature>());
        await Within(PatienceAtTheEnd, response.CompleteAsync()).ConfigureAwait(false);
    }

    private static async ValueTask Flush(PipeWriter output, CancellationToken cancellation)
    {
        if ((await output.FlushAsync(cancellation).ConfigureAwait(false)).IsCompleted)
            throw new IOException("The reader has gone.");
    }

    private static async Task ServeSocket(HttpContext context, LiveReader reader, CancellationTokenSource ending)
    {
        await using var stream = await WebSocketHandshake.Accept(context).ConfigureAwait(false);
        using var socket = WebSocket.CreateFromStream(
            stream,
            new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan }
        );
        using var patience = new ReaderPatience(PatienceWithReader, ending.Token);
        var listening = Listen(socket, ending);
        var sink = new WebSocketSink(bytes => patience.Hold(token => socket.SendAsync(bytes, WebSocketMessageType.Text, true, token)));
        var ended = await Run(reader, sink, ending.Token).ConfigureAwait(false);
        // It still has to read what was said and to answer the goodbye.
        var goodbye = Task.WhenAll(Close(socket, ended), listening);
        if (!await Within(ended == Ended.Early ? PatienceAtTheEnd : PatienceWithGoodbye, goodbye).ConfigureAwait(false))
            context.Abort();
        await listening.ConfigureAwait(false);
    }

    // A reader has nothing to say but that it goes; whatever else it sends is passed over.
    private static async Task Listen(WebSocket socket, CancellationTokenSource ending)
    {
        try
        {
            var buffer = new byte[256];
            while (
                (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).ConfigureAwait(false)).MessageType
                != WebSocketMessageType.Close
            ) { }
        }
        catch (Exception error)
            when (error
                    is WebSocketException
                        or IOException
                        or OperationCanceledException
                        or InvalidOperationException
                        or BadHttpRequestException
            )
        {
            // Gone without a word.
        }

        await ending.CancelAsync().ConfigureAwait(false);
    }

    private static async Task Close(WebSocket socket, Ended ended)
    {
        var (status, why) = ended switch
        {
            _ when socket.State == WebSocketState.CloseReceived => (WebSocketCloseStatus.NormalClosure, ""),
            Ended.Properly => (WebSocketCloseStatus.NormalClosure, "That is all."),
            Ended.NotAllowed => (WebSocketCloseStatus.PolicyViolation, "The key opens nothing any more."),
            _ => (WebSocketCloseStatus.EndpointUnavailable, "Connect again later, and resume from the last id."),
        };
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(status, why, CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task<Ended> Run(LiveReader reader, ILiveSink sink, CancellationToken cancellation)
    {
        try
        {
            return await reader.Run(sink, cancellation).ConfigureAwait(false) ? Ended.Properly : Ended.NotAllowed;
        }
        catch (Exception error)
            when (error is OperationCanceledException or IOException or WebSocketException or StoreException or ObjectDisposedException)
        {
            return Ended.Early;
        }
    }

    // One that takes nothing must not hold up the end of the daemon, which waits until what was sent has been taken.
    private static async Task AbortLater(IConnectionLifetimeFeature? connection)
    {
        await Task.Delay(PatienceAtTheEnd).ConfigureAwait(false);
        connection?.Abort();
    }

    private static async Task<bool> Within(TimeSpan longest, Task lastWords)
    {
        try
        {
            await lastWords.WaitAsync(longest).ConfigureAwait(false);
            return true;
        }
        catch (Exception error)
            when (error is TimeoutException or OperationCanceledException or IOException or WebSocketException or InvalidOperationException)
        {
            // Gone, or slow.
            return false;
        }
    }

    private enum Ended
    {
        Properly,
        NotAllowed,
        Early,
    }
}
