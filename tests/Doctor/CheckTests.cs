using Aios.Daemon;
using Aios.Doctor;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Devices;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Tests.Doctor;

/// <summary>Checks that judge what a list and a database say. BlackBox/DoctorTests asks the verb.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly TemporaryFolder _folder = new();
    private readonly IStoreConnection _store;
    private readonly IDatabase _database;

    public CheckTests()
    {
        _database = Databases.At(_folder.File("orchestrator.db"));
        _store = _database.Connect(clock: _clock);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_job_whose_tags_no_living_device_has_is_a_note()
    {
        var job = DaemonRig.Job("render") with { Tags = ["gpu"] };
        var finding = new TagsCheck().Look(Input(job));
        Assert.Equal(FindingState.Note, finding.State);
        Assert.Equal("this device has none; 1 job fits no device: render (needs gpu)", finding.Figure);

        Register("there", "gpu");
        Assert.Equal(FindingState.Ok, new TagsCheck().Look(Input(job)).State);
        _clock.Advance(DeviceSummary.LongestSilence);
        Assert.Equal(FindingState.Note, new TagsCheck().Look(Input(job)).State);
        Assert.Equal(FindingState.Ok, new TagsCheck().Look(Input(job with { Enabled = false })).State);
    }

    [Fact]
    public void A_row_that_has_been_in_line_for_long_is_a_note()
    {
        Assert.Equal(FindingState.Ok, new LineCheck().Look(Input()).State);
        Enqueue();
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(FindingState.Ok, new LineCheck().Look(Input()).State);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var finding = new LineCheck().Look(Input());
        Assert.Equal(FindingState.Note, finding.State);
        Assert.StartsWith("1 queued (the oldest for 10 min)", finding.Figure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_a_device_that_is_gone_is_a_problem()
    {
        Register("here");
        var run = Start();
        Assert.Equal("1 running, none stuck", new StuckRunsCheck().Look(Input()).Figure);
        _clock.Advance(TimeSpan.FromHours(1));
        var finding = new StuckRunsCheck().Look(Input());
        Assert.Equal(FindingState.Problem, finding.State);
        Assert.Equal($"1 stuck; run {run} of \"job\" is of device \"here\", which is gone", finding.Figure);
    }

    [Fact]
    public void A_run_beyond_its_timeout_is_a_problem_and_one_that_takes_far_longer_than_usual_a_note()
    {
        for (var i = 0; i < 5; i++)
        {
            var done = Start();
            _store.Write(store => store.Runs.End(done, new RunEnd(RunStatus.Succeeded, _clock.GetUtcNow().AddSeconds(10))));
        }

        Register("here");
        var run = Start();
        _store.Write(store =>
        {
            store.Runs.RecordProcess(run, "job", new RunProcess(5, 6, _clock.GetUtcNow()));
            return true;
        });
        var job = DaemonRig.Job("job");
        _clock.Advance(TimeSpan.FromMinutes(11));
        Register("here");
        var slow = new StuckRunsCheck().Look(Input(job));
        Assert.Equal(FindingState.Note, slow.State);
        Assert.Contains("instead of the usual 10 s", slow.Figure, StringComparison.Ordinal);
        var late = new StuckRunsCheck().Look(Input(job with { Timeout = TimeSpan.FromMinutes(5) }));
        Assert.Equal(FindingState.Problem, late.State);
        Assert.Contains("still running 360 s after its timeout", late.Figure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_that_cannot_look_is_a_finding_and_the_others_are_done()
    {
        var found = Examination.Of(Input(), [new Broken(), new LineCheck()]);
        Assert.Equal([("broken", FindingState.Problem), ("line", FindingState.Ok)], found.Select(one => (one.Name, one.Finding.State)));
        Assert.Equal("no such disk", found[0].Finding.Figure);
        Assert.Equal((1, 0), (FindingsForm.Problems(found), FindingsForm.Notes(found)));
    }

    private ExaminationInput Input(params Job[] jobs) =>
        new(new DaemonSettings { Home = _folder.Path, Database = _database }, new JobList([.. jobs], [], [], []), _clock);

    private void Register(string device, params string[] tags) =>
        _store.Write(store =>
            store.Devices.Register(new DeviceRecord(device, "boot", tags, 1, "machine", "locks", "0", 4, _clock.GetUtcNow()))
        );

    private long Enqueue() =>
        _store.Write(store => store.Triggers.Add(new NewTrigger("job", TriggerSource.CommandLine, _clock.GetUtcNow())))!.Value;

    private long Start()
    {
        var trigger = Enqueue();
        return _store.Write(store =>
        {
            Assert.True(store.Triggers.Claim(trigger));
            return store.Runs.Begin(trigger, "job", 1, "here", "boot", _clock.GetUtcNow());
        });
    }

    private sealed class Broken : ICheck
    {
        public string Name => "broken";

        public Finding Look(ExaminationInput setUp) => throw new IOException("no such disk");
    }
}
