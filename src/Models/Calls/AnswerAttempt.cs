using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Aios.Models.Configuration;
using Aios.Models.Money;
using Aios.Models.Wire;
using Aios.Models.Wire.Gemini;
using Aios.Models.Wire.OpenAi;

namespace Aios.Models.Calls;

/// <summary>
/// One request to one model. It has begun when the answer is whole, or when the first content of a stream is there: until then
/// another model may answer instead.
/// </summary>
internal sealed class AnswerAttempt(LiveCalls live, GatewayCall call, Candidate candidate, ReadOnlyMemory<byte> request, long began)
    : IDisposable
{
    private readonly IProviderWire _wire = WireFormats.Of(candidate.Provider.Kind!.Value);
    private readonly StringBuilder _text = new();
    private HttpResponseMessage? _response;
    private IAsyncEnumerator<ServerEvent>? _events;
    private IStreamReader? _reader;
    private TokenUsage? _told;
    private AnswerIdentity _identity;
    private ChatFinish? _finish;
    private long _pieces;
    private CancellationTokenSource? _stop;

    /// <summary>Whether what comes is given on as it is.</summary>
    public bool IsForwarded { get; } = call.IsForwardedTo(candidate.Provider);

    /// <summary>What came, if it is whole.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>What it says, if it is whole.</summary>
    public ChatAnswer? Answer { get; private set; }

    /// <summary>What came of a stream before it was sure that this model answers.</summary>
    public List<StreamPiece> Pieces { get; } = [];

    /// <summary>What the provider calls the request; null if it does not say, or no answer has come.</summary>
    public string? ProviderRequest { get; private set; }

    /// <summary>How the provider names the answer.</summary>
    public AnswerIdentity Identity => _reader?.Identity ?? _identity;

    /// <summary>Why the answer ends; null if its end has not come.</summary>
    public ChatFinish? Finish => Answer?.Finish ?? _finish;

    /// <summary>How long the first piece of the answer took; null if none came.</summary>
    public TimeSpan? FirstToken { get; private set; }

    /// <summary>How long it has taken.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>Whether the provider has told no tokens.</summary>
    public bool IsCountedHere => _told is null;

    /// <summary>The tokens that it took.</summary>
    public TokenUsage Usage =>
        (_told ?? new TokenUsage(TokenCount.Estimate(call.Chat), TokenCount.Estimate(Text))) with
        {
            Images = call.Chat.Images,
        };

    /// <summary>What it says, for the ledger.</summary>
    public string Text => Answer is { } whole ? whole.Text : _text.ToString();

    /// <summary>Sends the request and waits for the beginning of the answer.</summary>
    /// <returns>Why there is none; null if there is one.</returns>
    public async Task<AttemptFailure?> Begin(CancellationToken cancellation)
    {
        try
        {
            var address = call.IsEmbeddings ? EmbeddingsAddress() : _wire.AddressOf(candidate.Provider, candidate.Model, call.Chat.Streams);
            var key = live.Keys.Find(candidate.Provider);
            var headers = _wire
                .Headers(candidate.Provider, key)
                .Concat(candidate.Provider.Headers.Select(header => (header.Key, header.Value)));
            using var message = ProviderSender.RequestOf(address, request, headers);
            (_response, var failure) = await live.Sender.Send(candidate.Provider, message, cancellation).ConfigureAwait(false);
            ProviderRequest = _response is null ? failure?.ProviderRequest : ProviderSender.RequestIdOf(_response);
            if (failure is not null)
                return failure;
            return call.Chat.Streams
                ? await BeginStream(cancellation).ConfigureAwait(false)
                : await ReadWhole(cancellation).ConfigureAwait(false);
        }
        catch (ProviderErrorException error)
        {
            return new AttemptFailure(error.Kind, error.Message);
        }
        finally
        {
            Duration = live.Clock.GetElapsedTime(began);
        }
    }

    /// <summary>The same for one that <see cref="Stop"/> can end.</summary>
    public Task<AttemptFailure?> BeginStoppable(CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        return Begin(_stop.Token);
    }

    /// <summary>Nobody wants the answer any more.</summary>
    public void Stop() => _stop?.Cancel();

    /// <summary>Waits for the end of one that was stopped.</summary>
    public static async Task<AttemptFailure?> Ended(Task<AttemptFailure?> begun)
    {
        try
        {
            return await begun.ConfigureAwait(false);
        }
        catch (Exception error) when (ProviderSender.IsOfConnection(error))
        {
            return new AttemptFailure(FailureKind.Connection, error.Message) { MayBeBilled = true };
        }
    }

    /// <summary>The next piece of a stream; null at its end.</summary>
    /// <exception cref="ProviderErrorException">It ends too early, or tells of an error.</exception>
    public async Task<StreamPiece?> Next()
    {
        try
        {
            if (!await _events!.MoveNextAsync().ConfigureAwait(false))
            {
                return _reader!.IsComplete
                    ? null
                    : throw new ProviderErrorException(FailureKind.Connection, "the stream ended in the middle of the answer");
            }
        }
        catch (InvalidDataException error)
        {
            throw new ProviderErrorException(FailureKind.BadAnswer, error.Message);
        }
        finally
        {
            Duration = live.Clock.GetElapsedTime(began);
        }

        var read = _events.Current;
        var piece = new StreamPiece(read, [.. _reader!.Read(read)]);
        foreach (var delta in piece.Deltas)
            Note(delta);
        return piece;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _response?.Dispose();
        _stop?.Dispose();
    }

    // Others are left out before.
    private Uri EmbeddingsAddress() =>
        _wire is OpenAiProvider wire
            ? wire.AddressOf(candidate.Provider, candidate.Model, "embeddings")
            : GeminiEmbeddings.AddressOf(candidate.Provider, candidate.Model);

    private TokenUsage? UsageOfEmbeddings(JsonElement body)
    {
        if (IsForwarded)
            return OpenAiProvider.UsageOf(body);
        GeminiEmbeddings.Check(body, call.Chat);
        return GeminiProvider.UsageOf(body);
    }

    private async Task<AttemptFailure?> ReadWhole(CancellationToken cancellation)
    {
        (Body, var failure) = await ProviderSender.ReadWhole(candidate.Provider, _response!, cancellation).ConfigureAwait(false);
        if (failure is not null)
            return failure;
        FirstToken = live.Clock.GetElapsedTime(began);
        try
        {
            using var parsed = StreamJson.Parse(Body);
            _identity = _wire.IdentityOf(parsed.RootElement);
            if (call.IsEmbeddings)
                _told = UsageOfEmbeddings(parsed.RootElement);
            else
                _told = (Answer = _wire.ReadAnswer(parsed.RootElement)).Usage;
            return null;
        }
        catch (ProviderErrorException error)
        {
            return BadAnswer(error.Message, Body);
        }
    }

    private async Task<AttemptFailure?> BeginStream(CancellationToken cancellation)
    {
        var stream = await _response!.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        if (_response.Content.Headers.ContentType?.MediaType is { } type && type is not ("text/event-stream" or "application/x-ndjson"))
            return await NoStream(type, cancellation).ConfigureAwait(false);
        _events = new SseReader(PipeReader.Create(stream), candidate.Provider.Timeout).Read(cancellation).GetAsyncEnumerator(cancellation);
        _reader = _wire.OpenStream();
        try
        {
            while (await Next().ConfigureAwait(false) is { } piece)
            {
                Pieces.Add(piece);
                if (piece.Deltas.Any(delta => delta.IsContent))
                    return null;
            }

            return null;
        }
        catch (ProviderErrorException error)
        {
            // An error before any content is as good as a status.
            return new AttemptFailure(error.Kind, error.Message)
            {
                MayBeBilled = error.Kind is FailureKind.Connection or FailureKind.BadAnswer,
            };
        }
        catch (Exception error) when (ProviderSender.IsOfConnection(error))
        {
            return ProviderSender.FailureOf(candidate.Provider, error, cancellation) with { MayBeBilled = true };
        }
    }

    // Whoever has no streams sends all at once; everything else is a page of a proxy.
    private async Task<AttemptFailure?> NoStream(string type, CancellationToken cancellation)
    {
        var (body, failure) = await ProviderSender.ReadWhole(candidate.Provider, _response!, cancellation).ConfigureAwait(false);
        return failure ?? BadAnswer($"found {type} that begins \"{StreamJson.Shown(body.Span)}\", expected text/event-stream", body);
    }

    // A page of a proxy was made by no model; anything else may have been, and be billed.
    private static AttemptFailure BadAnswer(string message, ReadOnlyMemory<byte> body) =>
        new(FailureKind.BadAnswer, message) { MayBeBilled = !body.Span.TrimStart(" \t\r\n\uFEFF"u8).StartsWith("<"u8) };

    private void Note(ChatDelta delta)
    {
        if (delta.IsContent && _pieces++ == 0)
            FirstToken = live.Clock.GetElapsedTime(began);
        switch (delta)
        {
            case TextDelta text:
                _text.Append(text.Text);
                break;
            case ArgumentsDelta arguments:
                _text.Append(arguments.Json);
                break;
            case UsageDelta usage:
                _told = usage.Usage;
                break;
            case FinishDelta finish:
                _finish = finish.Finish;
                break;
        }
    }
}

/// <summary>An event of a stream, and what it says.</summary>
internal sealed record StreamPiece(ServerEvent Event, IReadOnlyList<ChatDelta> Deltas);
