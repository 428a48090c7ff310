using System.Net;
using System.Net.Sockets;

namespace Aios.Tests.BlackBox;

/// <summary>
/// A receiver of OTLP over HTTP: takes what comes and reads it by the published field numbers, with a decoder of its own.
/// </summary>
internal sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Lock _gate = new();
    private readonly List<OtlpSpan> _spans = [];
    private readonly Dictionary<string, double> _metrics = [];
    private readonly List<string> _defects = [];
    private readonly ManualResetEventSlim _answers = new(initialState: true);

    public OtlpReceiver()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>What it answers.</summary>
    public int Status { get; set; } = 200;

    /// <summary>All spans that it took.</summary>
    public List<OtlpSpan> Spans
    {
        get
        {
            lock (_gate)
                return [.. _spans];
        }
    }

    /// <summary>What was not as expected.</summary>
    public List<string> Defects
    {
        get
        {
            lock (_gate)
                return [.. _defects];
        }
    }

    /// <summary>The last value of a metric, summed over its series; null if it never came.</summary>
    public double? Metric(string name)
    {
        lock (_gate)
            return _metrics.TryGetValue(name, out var value) ? value : null;
    }

    /// <summary>Takes requests, but answers none until <see cref="Answer"/>.</summary>
    public void Hang() => _answers.Reset();

    /// <summary>Answers again.</summary>
    public void Answer() => _answers.Set();

    /// <inheritdoc />
    public void Dispose()
    {
        _answers.Set();
        _listener.Close();
    }

    private void Serve()
    {
        try
        {
            while (true)
                Take(_listener.GetContext());
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private void Take(HttpListenerContext context)
    {
        var body = new MemoryStream();
        context.Request.InputStream.CopyTo(body);
        _answers.Wait();
        try
        {
            if (Status == 200)
                Note(context.Request, body.ToArray());
            context.Response.StatusCode = Status;
            context.Response.Close();
        }
        catch (Exception error) when (error is HttpListenerException or IOException)
        {
            // Who asked is gone.
        }
    }

    private void Note(HttpListenerRequest request, byte[] body)
    {
        lock (_gate)
        {
            if (request.ContentType != "application/x-protobuf")
                _defects.Add($"content type {request.ContentType}");
            if (request.Headers["x-test"] != "a b")
                _defects.Add($"header x-test {request.Headers["x-test"]}");
            var message = ProtoMessage.Read(body);
            if (request.Url!.AbsolutePath == "/v1/traces")
                NoteSpans(message);
            else if (request.Url.AbsolutePath == "/v1/metrics")
                NoteMetrics(message);
            else
                _defects.Add(request.Url.AbsolutePath);
        }
    }

    private void NoteSpans(ProtoMessage request)
    {
        foreach (var resource in request.Messages(1))
        {
            var attributes = Attributes(resource.Messages(1).Single(), 1);
            foreach (var span in resource.Messages(2).SelectMany(scope => scope.Messages(2)))
            {
                _spans.Add(
                    new OtlpSpan(
                        attributes["service.name"],
                        span.Hex(1),
                        span.Hex(2),
                        span.Hex(4),
                        span.Text(5),
                        span.Whole(6),
                        span.Fixed(7) / 1e9,
                        span.Fixed(8) / 1e9,
                        Attributes(span, 9),
                        span.Messages(15).Select(status => status.Text(2)).FirstOrDefault()
                    )
                );
            }
        }
    }

    private void NoteMetrics(ProtoMessage request)
    {
        foreach (var metric in request.Messages(1).SelectMany(resource => resource.Messages(2)).SelectMany(scope => scope.Messages(2)))
        {
            var value = metric
                .Messages(5)
                .Concat(metric.Messages(7))
                .SelectMany(data => data.Messages(1))
                .Sum(point => BitConverter.UInt64BitsToDouble(point.Fixed(4)));
            value += metric.Messages(9).SelectMany(data => data.Messages(1)).Sum(point => (double)point.Fixed(4));
            _metrics[metric.Text(1)] = value;
        }
    }

    private static Dictionary<string, string> Attributes(ProtoMessage message, int field) =>
        message
            .Messages(field)
            .ToDictionary(
                pair => pair.Text(1),
                pair =>
                    pair.Messages(2).Single() is var value && value.Has(1) ? value.Text(1)
                    : value.Has(5) ? string.Join(',', value.Messages(5).Single().Messages(1).Select(item => item.Text(1)))
                    : value.Has(3) ? $"{value.Whole(3)}"
                    : $"{BitConverter.UInt64BitsToDouble(value.Fixed(4))}"
            );
}

/// <summary>A span as it came. Instants are Unix seconds.</summary>
internal sealed record OtlpSpan(
    string Service,
    string TraceId,
    string SpanId,
    string Parent,
    string Name,
    long Kind,
    double Start,
    double End,
    Dictionary<string, string> Attributes,
    string? Failure
);
