using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Aios.Notices;

/// <summary>A conversation with a mail server: a line there, an answer back (RFC 5321). It can be made secure on the way.</summary>
internal sealed class SmtpTransport(TcpClient socket) : IAsyncDisposable
{
    private const int LongestLine = 4096;
    private const int MostLines = 100;

    private readonly byte[] _buffer = new byte[4096];
    private Stream _stream = socket.GetStream();
    private int _at;
    private int _end;

    /// <summary>Whether nobody can listen.</summary>
    public bool IsSecure => _stream is SslStream;

    /// <summary>Speaks TLS from here on. What came before the handshake is forgotten: somebody else may have said it.</summary>
    public async Task Secure(string host, CancellationToken cancel)
    {
        var secure = new SslStream(_stream);
        _stream = secure;
        (_at, _end) = (0, 0);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancel).ConfigureAwait(false);
    }

    /// <summary>Says a line, and gives the answer.</summary>
    public async Task<SmtpReply> Ask(string line, CancellationToken cancel)
    {
        await Send(line + "\r\n", cancel).ConfigureAwait(false);
        return await Answer(cancel).ConfigureAwait(false);
    }

    /// <summary>Sends text as it is.</summary>
    public async Task Send(string text, CancellationToken cancel)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancel).ConfigureAwait(false);
        await _stream.FlushAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Reads an answer, which may have several lines.</summary>
    /// <exception cref="IOException">It is none.</exception>
    public async Task<SmtpReply> Answer(CancellationToken cancel)
    {
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await Line(cancel).ConfigureAwait(false);
            if (line.Length < 3 || !int.TryParse(line[..3], out var code))
                throw new IOException("the server does not speak SMTP");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
                return new SmtpReply(code, lines);
        }

        throw new IOException("the server's answer has no end");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        socket.Dispose();
    }

    private async Task<string> Line(CancellationToken cancel)
    {
        var line = new List<byte>();
        while (line.Count < LongestLine)
        {
            if (_at == _end)
                (_at, _end) = (0, await _stream.ReadAsync(_buffer, cancel).ConfigureAwait(false));
            if (_end == 0)
                throw new IOException("the server has hung up");
            var next = _buffer[_at++];
            if (next == '\n')
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(next);
        }

        throw new IOException("the server's answer is too long");
    }
}
