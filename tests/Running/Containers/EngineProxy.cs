using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Aios.Running.Containers.Engine;

namespace Aios.Tests.Running.Containers;

/// <summary>Stands before the real engine on a socket of its own, so that a test can cut it off and bring it back.</summary>
internal sealed class EngineProxy : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private Socket? _listener;

    /// <param name="remote">By TCP, as an engine on another machine is reached.</param>
    public EngineProxy(bool remote = false)
    {
        if (remote)
        {
            _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen(100);
            _ = Accept(_listener);
        }
        else
        {
            Up();
        }

        var host = remote ? $"tcp://{_listener!.LocalEndPoint}" : $"unix://{Path}";
        Address = EngineAddress.Find(name => name == "DOCKER_HOST" ? host : null);
    }

    public EngineAddress Address { get; }

    private string Path => _folder.File("engine.sock");

    /// <summary>How many connections came.</summary>
    public int Connections { get; private set; }

    public void Up()
    {
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen(100);
        _ = Accept(_listener);
    }

    /// <summary>Cuts all connections, and takes the socket away, as an engine does that is stopped.</summary>
    public void Down()
    {
        _listener?.Dispose();
        File.Delete(Path);
        foreach (var socket in _open.Keys)
            socket.Dispose();
        _open.Clear();
    }

    public void Dispose()
    {
        Down();
        _folder.Dispose();
    }

    private async Task Accept(Socket listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync();
                Connections++;
                _ = Serve(client);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It was taken down.
        }
    }

    private async Task Serve(Socket client)
    {
        var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _open[client] = _open[engine] = true;
        try
        {
            await engine.ConnectAsync(new UnixDomainSocketEndPoint(TestEngine.Address.Socket!));
            await using var near = new NetworkStream(client);
            await using var far = new NetworkStream(engine);
            await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
        {
            // Cut off.
        }
        finally
        {
            client.Dispose();
            engine.Dispose();
        }
    }
}
