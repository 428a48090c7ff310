using System.Text;
using Aios.Access;
using Aios.Api;
using Aios.Api.Live;
using Aios.Api.Serving;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Sqlite;

namespace Aios.Tests.Api;

/// <summary>What is kept in memory for those who watch, over a real database.</summary>
public sealed class LiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStoreConnection _connection;
    private readonly Sql _sql;
    private readonly ReaderPool _readers;
    private readonly LiveFeed _feed;

    public LiveTests()
    {
        var path = _folder.File("orchestrator.db");
        _connection = SqliteStoreConnection.Open(path);
        _sql = new Sql(path);
        _readers = new ReaderPool(Databases.At(path));
        _feed = new LiveFeed(new EventSource(), _readers, () => { });
    }

    [Fact]
    public async Task While_nobody_watches_nothing_is_read()
    {
        Insert(3);
        Assert.False(await _feed.Refresh());
        Assert.Null(_feed.Take(0, LiveFilter.All));
    }

    [Fact]
    public async Task All_that_comes_while_somebody_watches_is_there_and_what_was_before_is_not()
    {
        Insert(3);
        _feed.Join();
        Assert.True(await _feed.Refresh());
        Insert(2);
        Assert.True(await _feed.Refresh());
        Assert.False(await _feed.Refresh());
        Assert.Null(_feed.Take(2, LiveFilter.All));
        var page = _feed.Take(3, LiveFilter.All)!;
        Assert.Equal([4L, 5L], page.Rows.Select(row => row.Id));
        Assert.Equal(5, page.Position);
        Assert.Empty(_feed.Take(5, LiveFilter.All)!.Rows);
        // Beyond what is known here only the table can tell.
        Assert.Null(_feed.Take(6, LiveFilter.All));
    }

    [Fact]
    public async Task Only_so_much_is_kept_however_much_comes()
    {
        _feed.Join();
        await _feed.Refresh();
        Insert(10_000);
        while (await _feed.Refresh()) { }

        Assert.Null(_feed.Take(1000, LiveFilter.All));
        var seen = new List<long>();
        for (var at = 9000L; at < 10_000; )
        {
            var page = _feed.Take(at, LiveFilter.All)!;
            seen.AddRange(page.Rows.Select(row => row.Id));
            Assert.True(page.Position > at);
            at = page.Position;
        }

        Assert.Equal(Enumerable.Range(9001, 1000).Select(id => (long)id), seen);
    }

    [Fact]
    public async Task Who_comes_after_all_have_gone_finds_nothing_old()
    {
        _feed.Join();
        await _feed.Refresh();
        Insert(2);
        await _feed.Refresh();
        _feed.Leave();
        Insert(2);
        _feed.Join();
        Assert.Null(_feed.Take(2, LiveFilter.All));
        await _feed.Refresh();
        Assert.Null(_feed.Take(2, LiveFilter.All));
        Assert.Empty(_feed.Take(4, LiveFilter.All)!.Rows);
    }

    [Fact]
    public async Task What_a_filter_leaves_out_is_passed_all_the_same()
    {
        _feed.Join();
        await _feed.Refresh();
        Insert(5, "a1");
        Insert(5, "b1");
        _sql.Do("INSERT INTO events (kind, device) VALUES ('list.reloaded', 'here')");
        await _feed.Refresh();
        var page = _feed.Take(0, new LiveFilter(JobPatterns.Parse("a*")))!;
        Assert.Equal([1L, 2, 3, 4, 5], page.Rows.Select(row => row.Id));
        Assert.Equal(11, page.Position);
        Assert.Equal(11, _feed.Take(0, LiveFilter.All)!.Rows.Count);
        Assert.Equal(5, _feed.Take(0, LiveFilter.All with { JobName = "b1" })!.Rows.Count);
    }

    [Theory]
    [InlineData("WARNING", "ERROR", true)]
    [InlineData("WARNING", "WARNING", true)]
    [InlineData("WARNING", "INFO", false)]
    [InlineData("DEBUG", "LOUD", false)]
    public void A_level_lets_through_what_matters_as_much(string asked, string found, bool isWanted) =>
        Assert.Equal(isWanted, (LiveFilter.All with { Level = asked }).Wants(new LiveRow(1, "line", "a", 1, found, default)));

    [Fact]
    public void What_is_sent_has_the_form_that_its_readers_expect()
    {
        var row = new LiveRow(7, "run.ended", "a", 1, null, "{\"x\":1}"u8.ToArray());
        Assert.Equal("id: 7\nevent: run.ended\ndata: {\"x\":1}\n\n", Encoding.UTF8.GetString(row.EventStream.Span));
        Assert.Equal("{\"event\":\"run.ended\",\"id\":7,\"data\":{\"x\":1}}", Encoding.UTF8.GetString(row.Message.Span));
    }

    [Fact]
    public void A_WebSocket_is_greeted_as_in_RFC_6455() =>
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", WebSocketHandshake.AcceptOf("dGhlIHNhbXBsZSBub25jZQ=="));

    [Theory]
    [InlineData("", "da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("abc", "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1")]
    public void SHA_1_is_as_in_its_standard(string text, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(Sha1.Of(Encoding.ASCII.GetBytes(text))));

    public void Dispose()
    {
        _readers.Dispose();
        _sql.Dispose();
        _connection.Dispose();
        _folder.Dispose();
    }

    private void Insert(int count, string job = "a") =>
        _sql.Do(
            $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) INSERT INTO triggers (job_name) SELECT "
                + $"'{job}' FROM n"
        );
}
