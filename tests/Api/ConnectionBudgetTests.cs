using System.Net;
using System.Net.Sockets;
using Aios.Api.Serving;
using Aios.Platform;
using Aios.Platform.Linux;
using Aios.Tests.Running;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Tests.Api;

public class ConnectionBudgetTests
{
    private readonly List<string> _dropped = [];
    private readonly ConnectionBudget _budget = new(10, owner => owner == "own" ? 10 : 5);

    [Fact]
    public void An_owner_with_too_many_loses_the_oldest_that_waits()
    {
        var all = Enumerable.Range(0, 7).Select(i => Connection("other", $"{i}")).ToList();
        Assert.All(all, connection => Assert.True(_budget.TryEnter(connection)));
        Assert.Equal(["0", "1"], _dropped);
        Assert.Equal(5, _budget.Open);
    }

    [Fact]
    public void Where_all_have_too_many_the_one_with_the_most_loses_and_not_who_came_last()
    {
        foreach (var owner in (string[])["a", "a", "a", "a", "b", "b", "b", "c", "c", "c"])
            Assert.True(_budget.TryEnter(Connection(owner, owner)));
        Assert.True(_budget.TryEnter(Connection("own", "own")));
        Assert.Equal(["a"], _dropped);
        Assert.Equal(10, _budget.Open);
    }

    [Fact]
    public void A_request_that_is_being_done_is_never_cut_off()
    {
        var busy = Enumerable.Range(0, 5).Select(i => Connection("other", $"{i}")).ToList();
        foreach (var connection in busy)
        {
            Assert.True(_budget.TryEnter(connection));
            _budget.Begin(connection);
        }

        Assert.False(_budget.TryEnter(Connection("other", "late")));
        Assert.Empty(_dropped);
        _budget.End(busy[3]);
        Assert.True(_budget.TryEnter(Connection("other", "later")));
        Assert.Equal(["3"], _dropped);
    }

    [Fact]
    public void One_over_which_nothing_was_asked_in_time_is_closed_and_others_stay()
    {
        var (silent, asked, gone) = (Connection("own", "silent"), Connection("own", "asked"), Connection("own", "gone"));
        foreach (var connection in (OpenConnection[])[silent, asked, gone])
            _budget.TryEnter(connection);
        _budget.Begin(asked);
        _budget.End(asked);
        _budget.Leave(gone);
        foreach (var connection in (OpenConnection[])[silent, asked, gone, silent])
            _budget.DropUnasked(connection);
        Assert.Equal(["silent"], _dropped);
        Assert.Equal(1, _budget.Open);
    }

    [Fact]
    public void Whatever_happens_the_counts_are_right_and_the_newest_comes_in_while_any_waits()
    {
        var steps = Gen.Choose(0, 5).SelectMany(what => Gen.Choose(0, 19), (what, which) => (what, which)).ListOf();
        Check.QuickThrowOnFailure(Prop.ForAll(steps.ToArbitrary(), taken =>
            {
                var budget = new ConnectionBudget(10, owner => owner == "own" ? 10 : 5);
                var open = new HashSet<OpenConnection>();
                var all = new List<OpenConnection>();
                foreach (var (what, which) in taken)
                {
                    if (what <= 2)
                    {
                        OpenConnection? connection = null;
                        connection = new OpenConnection(
                            what == 0 ? "own"
                                : which % 2 == 0 ? "a"
                                : "b",
                            () => open.Remove(connection!)
                        );
                        all.Add(connection);
                        open.Add(connection);
                        if (!budget.TryEnter(connection))
                            open.Remove(connection);
                    }
                    else if (all.Count > 0)
                    {
                        var connection = all[which % all.Count];
                        if (what == 3)
                            budget.Begin(connection);
                        else if (what == 4)
                            budget.End(connection);
                        else
                        {
                            budget.Leave(connection);
                            open.Remove(connection);
                        }
                    }

                    if (budget.Open != open.Count || open.Count > 10 || open.Count(one => one.Owner == "a") > 5)
                        return false;
                }

                return true;
            }));
    }

    [LinuxFact]
    public void The_kernel_names_the_user_of_a_connection_of_any_form()
    {
        foreach (
            var (listen, connect) in ((IPAddress, IPAddress)[])
                [
                    (IPAddress.Loopback, IPAddress.Loopback),
                    (IPAddress.IPv6Loopback, IPAddress.IPv6Loopback),
                    (IPAddress.IPv6Any, IPAddress.Loopback),
                    (IPAddress.Any, IPAddress.Parse("127.9.8.7")),
                ]
        )
        {
            using var listener = new Socket(listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (listen.Equals(IPAddress.IPv6Any))
                listener.DualMode = true;
            listener.Bind(new IPEndPoint(listen, 0));
            listener.Listen();
            using var client = new Socket(connect.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            client.Connect(connect, ((IPEndPoint)listener.LocalEndPoint!).Port);
            using var accepted = listener.Accept();
            var (peer, here) = ((IPEndPoint)accepted.RemoteEndPoint!, (IPEndPoint)accepted.LocalEndPoint!);
            Assert.Equal(LocalUser.Number, TcpOwners.UserOf(peer, here));
            Assert.Equal(LocalUser.Number, TcpOwners.InTables(peer, here));
            Assert.Null(TcpOwners.UserOf(new IPEndPoint(peer.Address, peer.Port == 1 ? 2 : 1), here));
        }
    }

    private OpenConnection Connection(string owner, string name) => new(owner, () => _dropped.Add(name));
}
