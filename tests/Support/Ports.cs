using System.Net;
using System.Net.Sockets;

namespace Aios.Tests.Support;

/// <summary>Ports of this machine.</summary>
internal static class Ports
{
    /// <summary>One at which nothing listens.</summary>
    public static int Free()
    {
        // Below those that the system gives to whoever asks for any, so that it is still free when a program opens it later.
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
