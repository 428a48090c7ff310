using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Aios.Tests.Support;

/// <summary>A small real web server that keeps what it is sent, and answers as a test wants.</summary>
internal sealed class HttpReceiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _answers = new();

    public HttpReceiver()
    {
        _listener.Start();
        _ = Serve();
    }

    /// <summary>Where it is.</summary>
    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>All that was asked, in its order.</summary>
    public ConcurrentQueue<(string Line, string Head, string Body)> Requests { get; } = new();

    /// <summary>What the body of an answer is, from the request's line and body; without it, empty.</summary>
    public Func<string, string, string> Reply { get; init; } = (_, _) => "";

    /// <summary>The bodies.</summary>
    public IReadOnlyList<string> Bodies => [.. Requests.Select(request => request.Body)];

    /// <summary>The next answer, such as "503 Busy"; afterwards, 200 again. Nothing at all is hanging up.</summary>
    public void AnswerNext(string answer) => _answers.Enqueue(answer);

    public void Dispose() => _listener.Dispose();

    private async Task Serve()
    {
        try
        {
            while (true)
                _ = Answer(await _listener.AcceptTcpClientAsync().ConfigureAwait(false));
        }
        catch (Exception error) when (error is ObjectDisposedException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task Answer(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
                var line = await reader.ReadLineAsync().ConfigureAwait(false) ?? "";
                var head = new StringBuilder();
                while (await reader.ReadLineAsync().ConfigureAwait(false) is { Length: > 0 } header)
                    head.Append(header).Append('\n');
                var length = head.ToString()
                    .Split('\n')
                    .FirstOrDefault(header => header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                    ?.Split(':')[1]
                    .Trim();
                var body = new char[int.Parse(length ?? "0", System.Globalization.CultureInfo.InvariantCulture)];
                if (body.Length > 0)
                    await reader.ReadBlockAsync(body).ConfigureAwait(false);
                var answer = _answers.TryDequeue(out var wanted) ? wanted : "200 OK";
                Requests.Enqueue((line, head.ToString(), Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body))));
                if (answer.Length == 0)
                    return;
                var reply = answer.StartsWith("200", StringComparison.Ordinal)
                    ? Encoding.UTF8.GetBytes(Reply(line, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body))))
                    : [];
                byte[] whole =
                [
                    .. Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nContent-Length: {reply.Length}\r\nConnection: close\r\n\r\n"),
                    .. reply,
                ];
                await client.GetStream().WriteAsync(whole).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // The other end has gone.
            }
        }
    }
}
