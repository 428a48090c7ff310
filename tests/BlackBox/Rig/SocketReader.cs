using System.Net.WebSockets;
using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>Reads what comes over a WebSocket.</summary>
internal sealed class SocketReader : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));

    public SocketReader(ApiClient api, string path, params (string Name, string Value)[] headers)
    {
        _socket.Options.Proxy = null;
        _socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
            _socket.Options.SetRequestHeader(name, value);
        var address = new UriBuilder(new Uri(api.Address, $"api/v1/{path}")) { Scheme = "ws" }.Uri;
        try
        {
            _socket.ConnectAsync(address, _patience.Token).GetAwaiter().GetResult();
        }
        catch (WebSocketException)
        {
            // The status says why.
        }
    }

    /// <summary>How the request was answered; 101 if it became a WebSocket.</summary>
    public int Status => (int)_socket.HttpStatusCode;

    /// <summary>Why the other end has closed it, once <see cref="Next"/> gives nothing more.</summary>
    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    /// <summary>The next message; null if there is none any more.</summary>
    public LiveEvent? Next()
    {
        using var text = new MemoryStream();
        var buffer = new byte[8192];
        while (true)
        {
            var result = _socket.ReceiveAsync(buffer, _patience.Token).GetAwaiter().GetResult();
            if (result.MessageType == WebSocketMessageType.Close)
                return null;
            text.Write(buffer, 0, result.Count);
            if (result.EndOfMessage)
                break;
        }

        var json = JsonDocument.Parse(text.ToArray()).RootElement;
        return new LiveEvent(
            json.TryGetProperty("id", out var id) ? id.GetRawText() : null,
            json.GetProperty("event").GetString()!,
            json.GetProperty("data")
        );
    }

    /// <summary>The next message that is wanted.</summary>
    public LiveEvent WaitFor(Func<LiveEvent, bool> wanted)
    {
        while (Next() is { } next)
        {
            if (wanted(next))
                return next;
        }

        throw new InvalidOperationException("It was closed before.");
    }

    /// <summary>Says goodbye, and waits for the answer.</summary>
    public void Close() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", _patience.Token).GetAwaiter().GetResult();

    public void Dispose()
    {
        _socket.Dispose();
        _patience.Dispose();
    }
}
