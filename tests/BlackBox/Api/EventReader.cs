using System.Text;
using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>Reads server-sent events as browsers do (HTML, 9.2), over a connection of its own.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly AiosHome _home;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly HttpResponseMessage _response;
    private readonly List<LiveEvent> _events = [];
    private readonly Task _reading;
    private string? _lastId;
    private bool _isTornOff;

    public EventReader(AiosHome home, ApiClient api, string path, string? lastEventId = null, params (string Name, string Value)[] headers)
    {
        _home = home;
        _http.Timeout = Timeout.InfiniteTimeSpan;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api.Address, $"api/v1/{path}"));
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        _response = _http.Send(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", _response.Content.Headers.ContentType?.MediaType);
        _reading = Task.Factory.StartNew(Read, TaskCreationOptions.LongRunning);
    }

    /// <summary>What a browser would say if it came back.</summary>
    public string? LastId
    {
        get
        {
            lock (_events)
                return _lastId;
        }
    }

    /// <summary>Whether it has ended as it should, and was not torn off. False while it goes on.</summary>
    public bool HasEndedWell => _reading.IsCompletedSuccessfully;

    /// <summary>Whether it has ended in any way.</summary>
    public bool HasEnded => _reading.IsCompleted;

    /// <summary>All that has come.</summary>
    public IReadOnlyList<LiveEvent> Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    /// <summary>Waits until it stands somewhere, so that all that happens from now on will come.</summary>
    public EventReader Begun()
    {
        _home.WaitFor(() => LastId is not null, "the stream has begun");
        return this;
    }

    /// <summary>Waits for an event.</summary>
    public LiveEvent WaitFor(Func<LiveEvent, bool> wanted, string what)
    {
        _home.WaitFor(() => Events.Any(wanted), $"{what} has come", 60);
        return Events.First(wanted);
    }

    /// <summary>Tears it off, as a network does.</summary>
    public void Dispose()
    {
        // From here on the client throws away what comes, and what is read beside that has gaps.
        lock (_events)
            _isTornOff = true;
        _response.Dispose();
        _http.Dispose();
        ((IAsyncResult)_reading).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(30));
    }

    private void Read()
    {
        using var reader = new StreamReader(_response.Content.ReadAsStream(), Encoding.UTF8);
        var (kind, data) = ("message", new StringBuilder());
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                Note(line[4..]);
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                kind = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data.Append(line[6..]);
            else if (line.Length == 0)
            {
                if (data.Length > 0)
                    Add(new LiveEvent(LastId, kind, JsonDocument.Parse(data.ToString()).RootElement));
                (kind, data) = ("message", new StringBuilder());
            }
        }
    }

    private void Add(LiveEvent happened)
    {
        lock (_events)
        {
            if (!_isTornOff)
                _events.Add(happened);
        }
    }

    private void Note(string id)
    {
        lock (_events)
        {
            if (!_isTornOff)
                _lastId = id;
        }
    }
}
