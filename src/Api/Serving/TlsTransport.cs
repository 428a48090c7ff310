using System.IO.Pipelines;

namespace Aios.Api.Serving;

/// <summary>Both directions of an encrypted stream, as Kestrel reads and writes them.</summary>
internal sealed class TlsTransport(Stream stream) : IDuplexPipe
{
    /// <inheritdoc />
    public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

    /// <inheritdoc />
    public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));

    /// <summary>Ends both.</summary>
    public async ValueTask Complete()
    {
        await Input.CompleteAsync().ConfigureAwait(false);
        await Output.CompleteAsync().ConfigureAwait(false);
    }
}
