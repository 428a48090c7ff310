using System.Net;
using Aios.Access;
using Aios.Platform;
using Aios.Platform.Linux;
using Aios.Store.Audit;

namespace Aios.Api.Serving;

/// <summary>What is known of a connection, found out once however many requests come over it.</summary>
internal sealed class ConnectionFacts(IPEndPoint? peer, IPEndPoint? here)
{
    private readonly Lazy<uint?> _user = new(() => UserOf(peer, here));

    /// <summary>The other end.</summary>
    public string Address => peer?.Address.ToString() ?? "unknown";

    /// <summary>The user of this machine at the other end; null if it is elsewhere, or cannot be told.</summary>
    public uint? User => _user.Value;

    /// <summary>Whether the other end is a program on this machine of the user who runs the daemon, or of root.</summary>
    public bool IsLocalUser => _user.Value is { } user && TcpOwners.IsOwnOrRoot(user);

    /// <summary>Who asks, for the audit: a holder by its key, somebody on this machine as the system knows them.</summary>
    public Actor ActorOf(Principal principal) =>
        new(principal == Principal.LocalUser ? $"user {LocalUser.NameOf(_user.Value ?? 0)}" : principal.Name, $"api {Address}");

    private static uint? UserOf(IPEndPoint? peer, IPEndPoint? here) =>
        peer is not null && here is not null && IPAddress.IsLoopback(peer.Address) && IPAddress.IsLoopback(here.Address)
            ? TcpOwners.UserOf(peer, here)
            : null;
}
