using System.Net.Sockets;
using System.Text;

namespace Aios.Doctor;

/// <summary>The container engine: is there a socket that answers? Only jobs in containers need one, so it is never a problem here.</summary>
internal sealed class EngineCheck : ICheck
{
    private const int LongestWait = 2000; // milliseconds
    private const string Unix = "unix://";

    public string Name => "engine";

    public Finding Look(SetUp setUp)
    {
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST");
        if (!string.IsNullOrEmpty(host) && !host.StartsWith(Unix, StringComparison.Ordinal)) return Finding.Ok($"DOCKER_HOST names {host}, which is not asked here");
        var tried = (string.IsNullOrEmpty(host) ? UsualSockets() : [host[Unix.Length..]]).Select(path => (Path: path, Answer: Ping(path))).ToList();
        if (tried.FirstOrDefault(pair => pair.Answer.Answers) is { Path: not null } found) return Finding.Ok($"{found.Answer.Words} at {found.Path}");
        var told = tried.FirstOrDefault(pair => File.Exists(pair.Path), tried[0]);
        return Finding.Note($"{told.Path}: {told.Answer.Words}", "Only jobs in containers need an engine: start Docker or Podman, or name its socket with DOCKER_HOST.");
    }

    private static string[] UsualSockets() =>
    [
        "/var/run/docker.sock",
        .. Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } own ? [$"{own}/podman/podman.sock"] : (string[])[],
        "/run/podman/podman.sock",
    ];

    private static (bool Answers, string Words) Ping(string path)
    {
        if (!File.Exists(path)) return (false, "no container engine found");
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = LongestWait, SendTimeout = LongestWait };
            socket.Connect(new UnixDomainSocketEndPoint(path));
            socket.Send("GET /_ping HTTP/1.0\r\nHost: engine\r\n\r\n"u8);
            return Judge(ReadAll(socket));
        }
        catch (SocketException error)
        {
            return (false, error.SocketErrorCode switch
            {
                SocketError.AccessDenied => "this user may not use it (docker.io: add the user to the group docker)",
                SocketError.ConnectionRefused => "nobody listens there",
                SocketError.TimedOut or SocketError.WouldBlock => $"no answer within {LongestWait / 1000} s",
                _ => error.Message,
            });
        }
    }

    private static (bool Answers, string Words) Judge(string answer)
    {
        var lines = answer.Split("\r\n");
        if (!lines[0].Contains(" 200", StringComparison.Ordinal)) return (false, $"what answers is no container engine (\"{lines[0]}\")");
        var server = Array.Find(lines, line => line.StartsWith("Server:", StringComparison.OrdinalIgnoreCase))?["Server:".Length..].Trim();
        return (true, server is null ? "it answers" : $"{server} answers");
    }

    private static string ReadAll(Socket socket)
    {
        var buffer = new byte[4096];
        var length = 0;
        for (int count; length < buffer.Length && (count = socket.Receive(buffer.AsSpan(length))) > 0;) length += count;
        return Encoding.ASCII.GetString(buffer, 0, length);
    }
}
