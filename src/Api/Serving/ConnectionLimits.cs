using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aios.Daemon;
using Aios.Platform;
using Microsoft.AspNetCore.Connections;

namespace Aios.Api.Serving;

/// <summary>
/// Around each connection: whose it is, whether there is room for it, and how long it may take until a request is there,
/// counted from the moment it was accepted.
/// </summary>
internal sealed class ConnectionLimits
{
    /// <summary>Where files are not limited.</summary>
    private const int Most = 2000;
    private const int Least = 32;
    private static readonly TimeSpan PatienceWithFirst = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    private readonly DaemonHandle _daemon;
    private readonly int _most;
    private readonly ConnectionBudget _budget;
    private long? _warned;

    public ConnectionLimits(DaemonHandle daemon)
    {
        _daemon = daemon;
        // The other half is for runs, the database and the job list.
        _most = (int)Math.Clamp((OpenFiles.Limit() ?? long.MaxValue) / 2, Least, Most);
        _budget = new ConnectionBudget(_most, owner => IsOwn(owner) ? _most : Math.Max(1, _most / 4));
    }

    /// <summary>How many may watch at once, so that there is always room for those who ask for something.</summary>
    public int MostWatchers => _most / 2;

    /// <summary>What Kestrel itself must not exceed: a moment passes until a connection that was dropped is closed.</summary>
    public int Hard => _most + Least;

    /// <summary>Lets a connection in, or not.</summary>
    public ConnectionDelegate Around(ConnectionDelegate next) =>
        async context =>
        {
            var facts = new ConnectionFacts(context.RemoteEndPoint as IPEndPoint, context.LocalEndPoint as IPEndPoint);
            var connection = new OpenConnection(OwnerOf(facts, context.RemoteEndPoint as IPEndPoint), context.Abort);
            var dropped = _budget.Dropped;
            if (!_budget.TryEnter(connection))
            {
                Warn(connection.Owner);
                context.Abort();
                return;
            }

            if (_budget.Dropped != dropped)
                Warn(connection.Owner);
            using var deadline = _daemon.Clock.CreateTimer(
                _ => _budget.DropUnasked(connection),
                null,
                PatienceWithFirst,
                Timeout.InfiniteTimeSpan
            );
            context.Features.Set(facts);
            context.Features.Set(connection);
            try
            {
                await next(context).ConfigureAwait(false);
            }
            finally
            {
                _budget.Leave(connection);
            }
        };

    /// <summary>A request has come.</summary>
    public void Begin(OpenConnection? connection)
    {
        if (connection is not null)
            _budget.Begin(connection);
    }

    /// <summary>It was answered.</summary>
    public void End(OpenConnection? connection)
    {
        if (connection is not null)
            _budget.End(connection);
    }

    // On this machine everybody has every address of 127.0.0.0/8, and elsewhere a whole /64 of IPv6.
    private static string OwnerOf(ConnectionFacts facts, IPEndPoint? peer)
    {
        if (peer is null)
            return "unknown";
        if (facts.User is { } user)
            return $"user {user.ToString(CultureInfo.InvariantCulture)}";
        if (IPAddress.IsLoopback(peer.Address))
            return "this machine";
        if (peer.AddressFamily != AddressFamily.InterNetworkV6 || peer.Address.IsIPv4MappedToIPv6)
            return $"address {peer.Address}";
        return $"network {new IPAddress([.. peer.Address.GetAddressBytes()[..8], .. new byte[8]])}/64";
    }

    private static bool IsOwn(string owner) =>
        owner == $"user {LocalUser.Number.ToString(CultureInfo.InvariantCulture)}" || owner == "user 0";

    private void Warn(string owner)
    {
        var now = _daemon.Clock.GetTimestamp();
        if (_warned is { } at && _daemon.Clock.GetElapsedTime(at, now) < BetweenWarnings)
            return;
        _warned = now;
        _daemon.Warning(
            $"Too many connections to the API: {_budget.Open} are open, the last from {owner}. Connections that wait without a request "
                + $"are closed to make room, those of whoever has most first."
        );
    }
}
