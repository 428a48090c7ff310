using System.Net.Sockets;
using System.Text;

namespace Aios.Tests.BlackBox;

/// <summary>The socket of a service manager: hears what is sent to NOTIFY_SOCKET.</summary>
internal sealed class ServiceSocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly List<string> _heard = [];
    private readonly Thread _reader;

    /// <summary>Listens at an address: a path, or with @ in front a name that no file has.</summary>
    public ServiceSocket(string address)
    {
        Address = address;
        _socket.Bind(new UnixDomainSocketEndPoint(address[0] == '@' ? $"\0{address[1..]}" : address));
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>As it stands in the environment.</summary>
    public string Address { get; }

    /// <summary>All messages so far.</summary>
    public List<string> Heard
    {
        get
        {
            lock (_heard)
                return [.. _heard];
        }
    }

    /// <summary>How many messages hold these words.</summary>
    public int Count(string words) => Heard.Count(message => message.Contains(words, StringComparison.Ordinal));

    /// <inheritdoc />
    public void Dispose()
    {
        _socket.Dispose();
        _reader.Join(TimeSpan.FromSeconds(5));
    }

    private void Read()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var count = _socket.Receive(buffer);
                if (count == 0)
                    return;
                lock (_heard)
                    _heard.Add(Encoding.UTF8.GetString(buffer, 0, count));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
