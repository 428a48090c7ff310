using System.Net;
using System.Net.Http.Headers;

namespace Aios.Models.Calls;

/// <summary>The JSON body of a request, which knows whether any of it was given to a connection.</summary>
internal sealed class ProviderContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;

    /// <param name="body">JSON.</param>
    public ProviderContent(ReadOnlyMemory<byte> body)
    {
        _body = body;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Whether the provider may have got it.</summary>
    public bool IsSent { get; private set; }

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        IsSent = true;
        return stream.WriteAsync(_body, cancellationToken).AsTask();
    }

    /// <inheritdoc />
    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
