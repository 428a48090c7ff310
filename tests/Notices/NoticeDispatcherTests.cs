using System.Text.Json;
using Aios.Jobs;
using Aios.Notices;
using Aios.Store.Sqlite;

namespace Aios.Tests.Notices;

/// <summary>What waits to be told is told, tried again, or given up; nothing waits for it.</summary>
public sealed class NoticeDispatcherTests : IDisposable
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();
    private readonly HttpReceiver _web = new();
    private readonly SqliteStore _store;
    private readonly Sql _sql;
    private readonly List<string> _said = [];
    private JobList _list;

    public NoticeDispatcherTests()
    {
        _store = new SqliteStore(SqliteStoreConnection.Open(_folder.File("orchestrator.db")), TimeProvider.System);
        _sql = new Sql(_folder.File("orchestrator.db"));
        _list = ListOf(new NoticeChannel(NoticeTransport.Webhook, $"{_web.Url}/hook?token=secret"));
    }

    private NoticeChannel Channel => _list.Jobs[0].Notify[0];

    [Fact]
    public async Task What_is_due_is_told_once_with_an_id_of_its_own()
    {
        using var dispatcher = New();
        Add(3);
        await Tend(dispatcher);

        Assert.Equal(3, _web.Requests.Count);
        Assert.Equal(
            ["db-1", "db-2", "db-3"],
            _web.Bodies.Select(body => JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!).Order(StringComparer.Ordinal)
        );
        Assert.All(_web.Requests, request => Assert.Contains("POST /hook?token=secret HTTP/1.1", request.Line, StringComparison.Ordinal));
        Assert.Contains(_web.Requests, request => request.Head.Contains("Idempotency-Key: db-1\n", StringComparison.Ordinal));
        Assert.Equal(["told", "told", "told"], _sql.Column("SELECT outcome FROM notices WHERE closed IS NOT NULL"));
        Assert.Equal(TimeSpan.MaxValue, dispatcher.DueIn);
    }

    [Fact]
    public async Task What_cannot_be_told_is_tried_again_ever_more_rarely()
    {
        using var dispatcher = New();
        Add(1);
        foreach (var wait in new[] { 2, 8, 32, 128, 512, 2048, 3600, 3600 })
        {
            _web.AnswerNext("503 Busy");
            await Tend(dispatcher);
            Assert.Equal(TimeSpan.FromSeconds(wait), dispatcher.DueIn);
            _clock.Advance(dispatcher.DueIn);
        }

        await Tend(dispatcher);
        Assert.Equal("told", _sql.Scalar<string>("SELECT outcome FROM notices"));
        Assert.Equal(9, _sql.Scalar<long>("SELECT attempts FROM notices"));
        Assert.Single(_said);
    }

    [Fact]
    public async Task It_is_given_up_after_a_day_or_at_once_where_nothing_will_help()
    {
        using var dispatcher = New();
        Add(2);
        _web.AnswerNext("404 Gone");
        _web.AnswerNext("503 Busy");
        await Tend(dispatcher);
        Assert.Equal(1, _sql.Scalar<long>("SELECT count(*) FROM notices WHERE outcome = 'given up: 127.0.0.1 has answered 404'"));
        _clock.Advance(TimeSpan.FromHours(25));
        _web.AnswerNext("503 Busy");
        await Tend(dispatcher);
        Assert.Equal(1, _sql.Scalar<long>("SELECT count(*) FROM notices WHERE outcome = 'given up: 127.0.0.1 has answered 503'"));
        Assert.Equal(TimeSpan.MaxValue, dispatcher.DueIn);
        Assert.DoesNotContain(_said, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_other_side_may_ask_for_more_time()
    {
        using var dispatcher = New();
        Add(1);
        _web.AnswerNext("429 Slowly\r\nRetry-After: 600");
        await Tend(dispatcher);
        Assert.Equal(TimeSpan.FromMinutes(10), dispatcher.DueIn);
    }

    [Fact]
    public async Task A_server_that_hangs_up_is_tried_again_and_a_channel_that_left_the_list_is_not()
    {
        using var dispatcher = New();
        Add(1);
        _web.AnswerNext("");
        await Tend(dispatcher);
        Assert.Equal(1, _sql.Scalar<long>("SELECT count(*) FROM notices WHERE closed IS NULL AND attempts = 1"));
        _list = ListOf(new NoticeChannel(NoticeTransport.Webhook, "http://127.0.0.1:1/other"));
        _clock.Advance(dispatcher.DueIn);
        await Tend(dispatcher);
        Assert.Contains("not in the job list", _sql.Scalar<string>("SELECT outcome FROM notices"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slack_gets_its_own_form_from_an_address_in_a_file_without_letters_that_mean_something()
    {
        File.WriteAllText(_folder.File("hook"), $"{_web.Url}/services/T0\n");
        _list = ListOf(new NoticeChannel(NoticeTransport.Slack, "file:hook"));
        using var dispatcher = New();
        Add(1, "Job \"a\" has failed: <!channel> & more");
        await Tend(dispatcher);
        Assert.Equal("{\"text\":\"Job \\\"a\\\" has failed: &lt;!channel&gt; &amp; more\"}", Assert.Single(_web.Bodies));
        Assert.StartsWith("POST /services/T0 ", _web.Requests.First().Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_nowhere_is_told()
    {
        _list = ListOf(new NoticeChannel(NoticeTransport.Webhook, "env:NO_SUCH_VARIABLE_AT_ALL"));
        using var dispatcher = New();
        Add(1);
        await Tend(dispatcher);
        Assert.Equal("there is nothing at \"env:NO_SUCH_VARIABLE_AT_ALL\"", _sql.Scalar<string>("SELECT outcome FROM notices"));
    }

    [Fact]
    public async Task Heartbeats_of_a_job_come_in_order_with_what_belongs_to_the_path_before_the_query()
    {
        using (var sender = NewSender())
        using (var pinger = new Pinger(sender, _said.Add, TimeProvider.System))
        {
            foreach (var (suffix, body) in new[] { ("/start", null), ("", null), ("/start", null), ("/fail", "exit status 1") })
                pinger.Add(new Ping("a", $"{_web.Url}/x?key=1", suffix, body));
            var deadline = DateTime.UtcNow + HangGuard;
            while (_web.Requests.Count < 4 && DateTime.UtcNow < deadline)
                await Task.Delay(10);
        }

        Assert.Equal(
            ["GET /x/start?key=1 HTTP/1.1", "GET /x?key=1 HTTP/1.1", "GET /x/start?key=1 HTTP/1.1", "POST /x/fail?key=1 HTTP/1.1"],
            _web.Requests.Select(request => request.Line)
        );
        Assert.Equal("exit status 1", _web.Bodies[3]);
        Assert.Empty(_said);
    }

    public void Dispose()
    {
        _sql.Dispose();
        _store.Dispose();
        _web.Dispose();
        _folder.Dispose();
    }

    private static JobList ListOf(NoticeChannel channel) => new([DaemonRig.Job("a") with { Notify = [channel] }], [], [], []);

    private Sender NewSender() => new(_folder.Path, null, (_, _, _) => Task.FromResult<string?>(null), _clock);

    private NoticeDispatcher New() =>
        new(
            _store,
            NewSender(),
            "here",
            "db",
            () => _list,
            line =>
            {
                lock (_said)
                    _said.Add(line);
            },
            () => { },
            _clock
        );

    private void Add(int count, string text = "Job \"a\" has failed")
    {
        for (var i = 0; i < count; i++)
        {
            var message = JsonText.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("text", text);
                json.WriteEndObject();
            });
            _store
                .Write(queue => queue.Notices.Add("here", "a", "failure", ChannelKey.Of(Channel), message, _clock.GetUtcNow()))
                .Wait(HangGuard);
        }
    }

    private static async Task Tend(NoticeDispatcher dispatcher)
    {
        dispatcher.RunDue();
        await dispatcher.Working.WaitAsync(HangGuard);
    }
}
