using System.Buffers;
using System.IO.Pipelines;
using Aios.Models.Configuration;
using Aios.Models.Wire;
using Aios.Models.Wire.OpenAi;

namespace Aios.Models.Calls;

/// <summary>Gives a stream on to whoever asked, in their format. After its first content, an error is sent within the stream.</summary>
internal sealed class StreamRelay(GatewayCall call, AnswerAttempt attempt, AnswerHead head)
{
    private static readonly byte[] Done = "data: [DONE]\n\n"u8.ToArray();

    private readonly IStreamWriter _writer = call.Wire.OpenStream(head, call.Chat.StreamsUsage);
    private bool _isDone;

    /// <summary>Does it.</summary>
    /// <param name="output">Takes the stream.</param>
    /// <param name="gone">The reader has gone.</param>
    /// <returns>Why it has no end; null if it has.</returns>
    public async Task<AttemptFailure?> Run(PipeWriter output, CancellationToken gone)
    {
        try
        {
            foreach (var piece in attempt.Pieces)
                Write(piece, output);
            await Flush(output, gone).ConfigureAwait(false);
            while (await attempt.Next().ConfigureAwait(false) is { } piece)
            {
                Write(piece, output);
                await Flush(output, gone).ConfigureAwait(false);
            }

            End(output);
            await Flush(output, gone).ConfigureAwait(false);
            return null;
        }
        catch (ProviderErrorException error)
        {
            return await Fail(new AttemptFailure(error.Kind, error.Message) { MayBeBilled = true }, output, gone).ConfigureAwait(false);
        }
        catch (Exception error) when (ProviderSender.IsOfConnection(error))
        {
            // A provider that takes too long causes a TimeoutException.
            if (gone.IsCancellationRequested || error is OperationCanceledException)
                return new AttemptFailure(FailureKind.BadRequest, "the caller has gone") { MayBeBilled = true };
            var failure = new AttemptFailure(FailureKind.Connection, error.Message.TrimEnd('.')) { MayBeBilled = true };
            return await Fail(failure, output, gone).ConfigureAwait(false);
        }
    }

    private void Write(StreamPiece piece, PipeWriter output)
    {
        if (!attempt.IsForwarded)
        {
            foreach (var delta in piece.Deltas)
                _writer.Write(delta, output);
            return;
        }

        _isDone |= piece.Event.Data.Span.SequenceEqual("[DONE]"u8);
        // Asked for by AIOS, and not by the caller.
        if (!call.Chat.StreamsUsage && piece.Deltas is [UsageDelta])
            return;
        SseWriter.Write(output, piece.Event);
    }

    private void End(PipeWriter output)
    {
        if (!attempt.IsForwarded)
            _writer.End(output);
        else if (!_isDone && call.Wire is ChatCompletionsWire)
            output.Write(Done);
    }

    private async Task<AttemptFailure> Fail(AttemptFailure failure, PipeWriter output, CancellationToken gone)
    {
        _writer.Fail(CallErrors.Of(failure, head.Model), output);
        try
        {
            await Flush(output, gone).ConfigureAwait(false);
        }
        catch (Exception error) when (ProviderSender.IsOfConnection(error))
        {
            // The reader has gone as well.
        }

        return failure;
    }

    private static async ValueTask Flush(PipeWriter output, CancellationToken gone)
    {
        if ((await output.FlushAsync(gone).ConfigureAwait(false)).IsCompleted)
            throw new OperationCanceledException("the caller has gone");
    }
}
