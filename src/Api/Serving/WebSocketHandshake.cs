using System.Text;
using Aios.Api.Routes;
using Aios.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Aios.Api.Serving;

/// <summary>How a connection becomes a WebSocket (RFC 6455, 4.2).</summary>
internal static class WebSocketHandshake
{
    private const string Suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyBytes = 16;

    /// <summary>Whether the client wants one.</summary>
    public static bool IsAskedFor(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.HttpContext.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with what the client says, or null.</summary>
    public static Problem? ProblemOf(HttpRequest request)
    {
        if (request.Headers.SecWebSocketVersion != "13")
            return Problem.Invalid("Sec-WebSocket-Version", $"found \"{request.Headers.SecWebSocketVersion}\", expected 13");
        Span<byte> key = stackalloc byte[KeyBytes];
        var isKey = Convert.TryFromBase64String(request.Headers.SecWebSocketKey.ToString(), key, out var count) && count == KeyBytes;
        return isKey ? null : Problem.Invalid("Sec-WebSocket-Key", $"expected {KeyBytes} bytes in base64");
    }

    /// <summary>Agrees; what follows is spoken on the stream.</summary>
    public static Task<Stream> Accept(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = AcceptOf(context.Request.Headers.SecWebSocketKey.ToString());
        return context.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync();
    }

    /// <summary>The answer to a client's key.</summary>
    public static string AcceptOf(string key) => Convert.ToBase64String(Sha1.Of(Encoding.ASCII.GetBytes(key + Suffix)));
}
