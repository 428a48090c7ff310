using System.Net;
using Aios.Platform.Linux;

namespace Aios.Api.Serving;

/// <summary>What is known of a connection, found out once however many requests come over it.</summary>
internal sealed class ConnectionFacts(IPEndPoint? peer, IPEndPoint? here)
{
    private bool? _isLocalUser;

    /// <summary>The other end.</summary>
    public string Address => peer?.Address.ToString() ?? "unknown";

    /// <summary>Whether the other end is a program on this machine of the user who runs the daemon, or of root.</summary>
    public bool IsLocalUser => _isLocalUser ??= FindOut();

    private bool FindOut() =>
        peer is not null && here is not null && IPAddress.IsLoopback(peer.Address) && IPAddress.IsLoopback(here.Address)
        && TcpOwners.UserOf(peer, here) is { } user && TcpOwners.IsOwnOrRoot(user);
}
