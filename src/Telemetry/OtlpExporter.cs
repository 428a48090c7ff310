using System.Net.Http.Headers;
using System.Threading.Channels;

namespace Aios.Telemetry;

/// <summary>
/// Sends spans and metrics to an OTLP receiver, from a task of its own: who hands over a span never waits. What the
/// receiver does not take in time is dropped, the newest first, and counted.
/// </summary>
internal sealed class OtlpExporter : IAsyncDisposable
{
    private const int LargestBatch = 512;
    private static readonly TimeSpan PatienceWhenEnding = TimeSpan.FromSeconds(3);

    private readonly OtlpSettings _settings;
    private readonly OtlpMessages _messages;
    private readonly Metrics _metrics;
    private readonly TimeProvider _clock;
    private readonly Action<string> _warn;
    private readonly DateTimeOffset _started;
    private readonly HttpClient _http;
    private readonly Channel<Span> _spans;
    private readonly Counter _outcomes = new(
        "aios_otlp_spans_total",
        "Spans for the OTLP receiver: sent, refused by it, dropped for the queue was full.",
        "outcome"
    );
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationToken _ended;
    private readonly Task _work;
    private bool _fails;

    /// <param name="settings">Where to.</param>
    /// <param name="resource">Who speaks.</param>
    /// <param name="metrics">What is sent each interval.</param>
    /// <param name="clock">The only source of time.</param>
    /// <param name="warn">Takes what somebody should look at.</param>
    public OtlpExporter(
        OtlpSettings settings,
        IReadOnlyList<(string Name, string Value)> resource,
        Metrics metrics,
        TimeProvider clock,
        Action<string> warn
    )
    {
        (_settings, _metrics, _clock, _warn) = (settings, metrics, clock, warn);
        // What the environment says of the resource counts before what is known anyway.
        _messages = new OtlpMessages([
            .. resource.Where(known => settings.Resource.All(own => own.Name != known.Name)),
            .. settings.Resource,
        ]);
        _started = clock.GetUtcNow();
        _ended = _ending.Token;
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = settings.Timeout,
        };
        _spans = Channel.CreateBounded<Span>(settings.MostSpans);
        metrics.Add(() => [_outcomes.Collect()]);
        _work = Task.WhenAll(Task.Run(SendSpans), Task.Run(SendMetrics));
    }

    /// <summary>Hands over a span.</summary>
    public void Add(Span span)
    {
        if (_settings.Traces is null)
            return;
        if (!_spans.Writer.TryWrite(span))
            _outcomes.Add(1, "dropped");
    }

    /// <summary>Sends what is left, but not for long.</summary>
    public async ValueTask DisposeAsync()
    {
        _spans.Writer.TryComplete();
        await _ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(_work, Task.Delay(PatienceWhenEnding)).ConfigureAwait(false);
        _http.Dispose();
        _ending.Dispose();
    }

    private async Task SendSpans()
    {
        if (_settings.Traces is not { } address)
            return;
        var batch = new List<Span>();
        while (await Next(batch).ConfigureAwait(false))
        {
            await Pause(_settings.SpanDelay).ConfigureAwait(false);
            while (batch.Count < LargestBatch && _spans.Reader.TryRead(out var span))
                batch.Add(span);
            var outcome = await Send(address, _messages.Traces(batch)).ConfigureAwait(false);
            if (outcome is null && !_ended.IsCancellationRequested)
                continue;
            _outcomes.Add(batch.Count, outcome ?? "dropped");
            batch.Clear();
        }
    }

    // What could not be sent is still there.
    private async Task<bool> Next(List<Span> batch)
    {
        if (batch.Count > 0)
            return true;
        if (!await _spans.Reader.WaitToReadAsync().ConfigureAwait(false))
            return false;
        if (_spans.Reader.TryRead(out var first))
            batch.Add(first);
        return true;
    }

    private async Task SendMetrics()
    {
        if (_settings.Metrics is not { } address)
            return;
        while (!_ended.IsCancellationRequested)
        {
            await Pause(_settings.MetricInterval).ConfigureAwait(false);
            await Send(address, _messages.Metrics(_metrics.CollectForOtlp(), _started, _clock.GetUtcNow())).ConfigureAwait(false);
        }
    }

    // "sent" or "refused"; null if it is worth trying again.
    private async Task<string?> Send(Uri address, byte[] message)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(message) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            foreach (var (name, value) in _settings.Headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await _http.SendAsync(request).ConfigureAwait(false);
            return Note(address, answer.IsSuccessStatusCode, $"status {(int)answer.StatusCode}") ? "sent"
                : (int)answer.StatusCode is 429 or 502 or 503 or 504 ? null
                : "refused";
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            Note(
                address,
                false,
                error is OperationCanceledException ? $"no answer within {_settings.Timeout.TotalSeconds:0.#} s" : error.Message
            );
            return null;
        }
    }

    private bool Note(Uri address, bool isSent, string why)
    {
        if (!isSent && !_fails)
            _warn($"Traces and metrics do not reach {address}: {why.TrimEnd('.')}. AIOS tries again; everything else continues.");
        _fails = !isSent;
        return isSent;
    }

    private async Task Pause(TimeSpan span)
    {
        try
        {
            await Task.Delay(span, _clock, _ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The daemon ends: what is left goes out now.
        }
    }
}
