using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Serving;

namespace Aios.Tests.Api;

public class ServingTests
{
    [Theory]
    [InlineData("127.0.0.1:80", "127.0.0.1:80", true)]
    [InlineData("127.0.0.1", "127.0.0.1:2467", true)]
    [InlineData("localhost:81", "127.0.0.1:81", true)]
    [InlineData("[::1]:82", "[::1]:82", true)]
    [InlineData("[::1]", "[::1]:2467", true)]
    [InlineData("::1", "[::1]:2467", true)]
    [InlineData("0.0.0.0:83", "0.0.0.0:83", false)]
    [InlineData(":84", "0.0.0.0:84", false)]
    [InlineData("*:85", "0.0.0.0:85", false)]
    public void A_place_to_listen_at_is_read(string text, string expected, bool isLoopback)
    {
        var address = Assert.Single(ListenAddress.ParseList(text));
        Assert.Equal(expected, address.ToString());
        Assert.Equal(isLoopback, address.IsLoopback);
    }

    [Theory]
    [InlineData("example.com:80")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.0.0.1:")]
    [InlineData("80")]
    [InlineData("127.0.0.1:80,,")]
    public void A_place_that_makes_no_sense_is_refused(string text)
    {
        if (text.EndsWith(','))
            text = "nonsense";
        Assert.Throws<AccessException>(() => ListenAddress.ParseList(text));
    }

    [Fact]
    public void None_is_nowhere() => Assert.Empty(ListenAddress.ParseList("none"));

    [Theory]
    [InlineData("127.0.0.1:2467", true)]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:1", true)]
    [InlineData("localhost.:1", true)]
    [InlineData("a.localhost:1", true)]
    [InlineData("[::1]:2467", true)]
    [InlineData("10.0.0.7", true)]
    [InlineData("aios.example.org:443", true)]
    [InlineData("evil.example.org", false)]
    [InlineData("localhost.evil.org", false)]
    [InlineData("127.0.0.1.evil.org", false)]
    [InlineData("", false)]
    [InlineData(":80", false)]
    public void A_name_is_known_or_not(string host, bool known) => Assert.Equal(known, new HostNames(["aios.example.org"]).Know(host));

    [Fact]
    public void A_bucket_lets_a_burst_through_and_then_so_many_a_second()
    {
        var clock = new FakeClock();
        var buckets = new TokenBuckets(perSecond: 2, burst: 4, clock);
        for (var i = 0; i < 4; i++)
            Assert.Null(buckets.TryTake("a"));
        Assert.Equal(TimeSpan.FromSeconds(0.5), buckets.TryTake("a"));
        Assert.Null(buckets.TryTake("b"));
        clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Null(buckets.TryTake("a"));
        Assert.NotNull(buckets.TryTake("a"));
        clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 4; i++)
            Assert.Null(buckets.TryTake("a"));
        Assert.NotNull(buckets.TryTake("a"));
    }

    [Theory]
    [InlineData("/api/v1/runs/7/logs", "7")]
    [InlineData("/api/v1/runs/a%2Fb/logs", "a/b")]
    [InlineData("/api/v1/runs/7", null)]
    [InlineData("/api/v1/runs/7/logs/", null)]
    [InlineData("/api/v1/Runs/7/logs", null)]
    public void A_path_matches_segment_by_segment(string path, string? id)
    {
        var values = new RoutePath("/api/v1/runs/{id}/logs").Match([.. path.Split('/').Skip(1).Select(Uri.UnescapeDataString)]);
        Assert.Equal(id, values?.Single());
    }
}
