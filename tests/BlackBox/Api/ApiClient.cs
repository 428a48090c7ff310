using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Aios.Tests.BlackBox;

/// <summary>A client of a daemon's API, over real connections.</summary>
internal sealed partial class ApiClient : IDisposable
{
    /// <summary>With this a request comes from behind a proxy, so that it is nobody's in particular.</summary>
    public static readonly (string, string) Proxied = ("X-Forwarded-For", "192.0.2.7");

    private readonly HttpClient _http;

    private ApiClient(Uri address)
    {
        Address = address;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    /// <summary>Where the API is.</summary>
    public Uri Address { get; }

    /// <summary>Starts a daemon that serves its API at any port.</summary>
    public static ApiClient Start(AiosHome home, (string, string)[]? environment = null, params string[] arguments) =>
        Of(home.Start(environment ?? [], ["--listen", "127.0.0.1:0", .. arguments]));

    /// <summary>Of a daemon that has said where its API is.</summary>
    public static ApiClient Of(AiosProcess daemon)
    {
        daemon.WaitForOutput("The API is at ");
        return new ApiClient(new Uri(Where().Match(daemon.Output).Groups["address"].Value));
    }

    /// <summary>Asks; the path is below /api/v1 unless it begins with a slash.</summary>
    public ApiAnswer Send(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.StartsWith('/') ? path : $"/api/v1/{path}");
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = _http.Send(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(response.Content.ReadAsStream());
        // What goes on for ever is for those who watch.
        var text = response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : reader.ReadToEnd();
        return new ApiAnswer(
            (int)response.StatusCode,
            text,
            response.Content.Headers.ContentType?.MediaType,
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(pair => pair.Key, pair => string.Join(", ", pair.Value), StringComparer.OrdinalIgnoreCase)
        );
    }

    /// <summary>Asks for something.</summary>
    public ApiAnswer Get(string path, params (string, string)[] headers) => Send("GET", path, null, headers);

    /// <summary>Has something done.</summary>
    public ApiAnswer Post(string path, string? body = null, params (string, string)[] headers) => Send("POST", path, body, headers);

    /// <summary>Sends bytes as they are, and reads until the other end closes or is silent for so long.</summary>
    public string Raw(string text, int silence = 2000)
    {
        using var socket = new TcpClient { NoDelay = true };
        socket.Connect(IPAddress.Loopback, Address.Port);
        var stream = socket.GetStream();
        stream.ReadTimeout = silence;
        var answer = new StringBuilder();
        try
        {
            stream.Write(Encoding.Latin1.GetBytes(text));
            var buffer = new byte[4096];
            while (stream.Read(buffer) is > 0 and var count)
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        catch (IOException)
        {
            // Reset, or silent.
        }

        return answer.ToString();
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    [GeneratedRegex(@"The API is at (?<address>\S+)\. ")]
    private static partial Regex Where();
}
