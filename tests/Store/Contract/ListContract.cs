using Aios.Store;
using Aios.Store.Api;
using Aios.Store.Audit;
using Aios.Store.Devices;
using Aios.Store.Jobs;
using Aios.Store.Logs;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Tests.Store.Contract;

/// <summary>The lists that people and daemons read, each with what belongs on it and what does not.</summary>
public abstract class ListContract<TFixture> : StoreContract<TFixture>
    where TFixture : IStoreFixture, new()
{
    [Fact]
    public void A_reader_knows_whether_somebody_has_committed()
    {
        using var reader = Database.Read()!;
        Assert.True(reader.HasNewCommit());
        Assert.False(reader.HasNewCommit());
        Enqueue();
        Assert.True(reader.HasNewCommit());
        Assert.False(reader.HasNewCommit());
    }

    [Fact]
    public void The_audit_is_read_in_both_directions()
    {
        foreach (var job in (string[])["a", "b", "a"])
            In(store => store.Audit.Append(new AuditEntry(Now, new Actor("user ada", "test"), AuditActions.JobPause) { JobName = job }));
        var newest = Read(reader => reader.NewestAuditRow());
        var rows = Read(reader => reader.AuditRows(newest - 3, 10));
        Assert.Equal(["a", "b", "a"], rows.Select(row => row.Entry.JobName));
        Assert.Equal(newest, rows[^1].Id);
        var page = Read(reader => reader.AuditPage(new RowFilter { JobName = "a", Actor = "ada" }, null, 10));
        Assert.Equal([rows[2].Id, rows[0].Id], page.Items.Select(row => row.Id));
        Assert.Empty(Read(reader => reader.MissingAuditGuards()));
    }

    [Fact]
    public void The_open_trigger_of_a_job_is_one_that_waits_before_one_in_line()
    {
        Assert.Null(Read(reader => reader.OpenTriggerOf("job")));
        var (first, held) = (Enqueue(), Enqueue());
        Assert.Equal(first, Read(reader => reader.OpenTriggerOf("job"))!.Id);
        In(store => store.Triggers.Hold(held, "paused"));
        Assert.Equal(held, Read(reader => reader.OpenTriggerOf("job"))!.Id);
    }

    [Fact]
    public void What_a_run_waits_for_is_listed_and_names_the_run()
    {
        var run = Start(Enqueue());
        Assert.Empty(Read(reader => reader.OpenTriggersOfRun(run)));
        var tool = In(store => store.Triggers.Add(New("tool", TriggerSource.Tool) with { ParentRunId = run }))!.Value;
        Assert.Equal((tool, run), Read(reader => reader.OpenTriggersOfRun(run)) is [var open] ? (open.Id, open.ParentRunId) : default);
        var ofTool = Start(tool, "tool");
        Assert.Equal(
            [(run, null), (ofTool, run)],
            Read(reader => reader.GoingOn(10)).OrderBy(active => active.Id).Select(active => (active.Id, active.ParentRunId))
        );
    }

    [Fact]
    public void What_waits_is_listed_with_its_job()
    {
        var (due, held) = (Enqueue("due"), Enqueue("held"));
        var running = Enqueue("running");
        Start(running, "running");
        Enqueue("queued");
        In(store => store.Triggers.Delay(due, Now, "later"));
        In(store => store.Triggers.Hold(held, "paused"));
        Assert.Equal([(due, "later"), (held, "paused")], Read(reader => reader.WaitingTriggers(10)).Select(row => (row.Id, row.Reason!)));
        Assert.Single(Read(reader => reader.WaitingTriggers(1)));
        Assert.Equal(["due", "held", "queued"], Read(reader => reader.JobsInLine()).Order());
    }

    [Fact]
    public void What_is_wrong_or_held_is_found_by_job()
    {
        var record = new HealthRecord("job") { Since = Now, Failures = 1 };
        In(store => store.Health.Put(record));
        In(store => store.Alarms.Raise("slow", "late", null, null, Now));
        In(store => store.Alarms.Raise("job", "failure", null, null, Now));
        In(store => store.Holds.Put("paused", HoldKind.Paused, Now));
        Assert.Equal(record, Read(reader => reader.Health())["job"]);
        Assert.Equal([KeyValuePair.Create("slow", Now)], Read(reader => reader.Late()));
        Assert.Equal([KeyValuePair.Create("paused", new JobHold(HoldKind.Paused, Now))], Read(reader => reader.Holds()));
    }

    [Fact]
    public void Keys_and_known_jobs_are_listed()
    {
        var key = new ApiKeyRecord("deploy", "viewer", "*", "hash", Now, null);
        In(store => store.ApiKeys.Add(key));
        Assert.Equal([key], Read(reader => reader.ApiKeys()));
        Start(Enqueue("ran"), "ran");
        In(store => store.Devices.Register(Device("here")));
        In(store => store.Devices.PutJobs("here", [new ListedJob("listed", false, "{}", "1") { Schedule = "hourly" }], (_, put) => put()));
        Assert.Equal([true, true, false], ((string[])["ran", "listed", "unknown"]).Select(job => Read(reader => reader.KnowsJob(job))));
        Assert.Equal([KeyValuePair.Create("listed", (string?)"hourly")], In(store => store.Devices.SchedulesOf("here")));
        Assert.Empty(In(store => store.Devices.SchedulesOf("elsewhere")));
    }

    [Fact]
    public void Occurrences_that_have_their_triggers_are_known()
    {
        foreach (var hours in (int[])[-1, 1])
            In(store =>
                store.Triggers.Add(
                    New("job", TriggerSource.Schedule) with
                    {
                        DedupKey = $"occurrence:job@{hours}",
                        Occurrence = Now.AddHours(hours),
                    }
                )
            );
        Assert.Equal(["occurrence:job@1"], Read(reader => reader.OccurrencesAfter(Now)));
        var cursor = new ScheduleCursor("job", "hourly", Now, Now.AddHours(-1));
        In(store => store.Schedules.Put(cursor));
        Assert.Equal([cursor], Read(reader => reader.Cursors())["job"]);
        Assert.Empty(Read(reader => reader.Cursors())["other"]);
    }

    [Fact]
    public void A_schedule_that_a_device_leaves_is_kept_for_another_that_follows_it()
    {
        foreach (var device in (string[])["here", "elsewhere"])
        {
            In(store => store.Devices.Register(Device(device)));
            In(store => store.Devices.PutJobs(device, [new ListedJob("job", true, "{}", "1") { Schedule = "hourly" }], (_, put) => put()));
        }

        In(store => store.Schedules.Put(new ScheduleCursor("job", "hourly", Now, null)));
        In(store => store.Schedules.ForgetUnlessFollowed("job", "hourly", "here"));
        Assert.Single(In(store => store.Schedules.Of("job")));
        In(store => store.Devices.Leave("elsewhere", "boot", Now));
        In(store => store.Schedules.ForgetUnlessFollowed("job", "hourly", "here"));
        Assert.Empty(In(store => store.Schedules.Of("job")));
    }

    [Fact]
    public void Lines_have_bounds_and_a_last_part()
    {
        Assert.Equal((1, 0), Read(reader => reader.LogBounds(null)));
        var run = Start(Enqueue());
        for (var i = 0; i < 4; i++)
            In(store =>
                store.Logs.Append(new LogLine(Now.AddSeconds(i), LogLevel.Info, $"{i}") { RunId = i % 2 == 0 ? run : null }, "here")
            );
        var (oldest, newest) = Read(reader => reader.LogBounds(null));
        Assert.Equal(3, newest - oldest);
        Assert.Equal((oldest, newest), Read(reader => reader.LineBounds()));
        Assert.Equal((oldest, newest - 1), Read(reader => reader.LogBounds(run)));
        var ofRun = new LogQuery { RunId = run };
        Assert.Equal(["0", "2"], Read(reader => reader.Logs(ofRun, 0, newest, 10)).Select(row => row.Line.Message));
        Assert.Equal((1, newest - 1), Read(reader => reader.LastLogs(ofRun, 0, newest, 1)));
        Assert.Equal(Now.AddSeconds(3), Read(reader => reader.NewestLogTime(0, newest)));
        Assert.Null(Read(reader => reader.NewestLogTime(newest, newest + 10)));
    }

    [Fact]
    public void What_runs_and_ran_is_summed_up()
    {
        var (good, bad) = (Start(Enqueue()), Start(Enqueue()));
        var running = Start(Enqueue("other"), "other");
        In(store => store.Runs.End(good, new RunEnd(RunStatus.Succeeded, Now.AddSeconds(30))));
        In(store => store.Runs.End(bad, new RunEnd(RunStatus.Failed, Now.AddSeconds(90))));
        Assert.Equal([TimeSpan.FromSeconds(30)], Read(reader => reader.LatestDurations("job", 10)));
        Assert.Equal([bad, good], Read(reader => reader.LatestRuns(["job"], 5))["job"].Select(run => run.Id));
        Assert.Equal([(running, "other", TriggerSource.CommandLine)], Read(reader => reader.GoingOn(5)).Select(Shape));
        var load = Read(reader => reader.Load(Now, Now.AddMinutes(2), 2, [], Now.AddMinutes(1)));
        Assert.Equal([(1, 1, 1, 150.0), (0, 0, 0, 30.0)], load.Select(step => (step.Succeeded, step.Failed, step.Other, step.BusySeconds)));
        Assert.Equal(60, Read(reader => reader.Load(Now, Now.AddMinutes(2), 1, ["oth*"], Now.AddMinutes(1))).Single().BusySeconds);

        static (long, string, string?) Shape(ActiveRun run) => (run.Id, run.JobName, run.Source);
    }

    [Fact]
    public void A_run_says_what_it_is_and_who_wants_it_to_end()
    {
        var trigger = In(store => store.Triggers.Add(New("job", TriggerSource.CatchUp)))!.Value;
        var run = Start(trigger, boot: "former");
        In(store => store.Runs.RecordContainer(run, "aios-1"));
        Assert.Equal("aios-1", In(store => store.Runs.LeftBy("here", "boot")).Single().Container);
        Assert.False(In(store => store.Runs.AnyGoesOnBesideMakeUps("job")));
        Start(Enqueue());
        Assert.True(In(store => store.Runs.AnyGoesOnBesideMakeUps("job")));
        Assert.Equal([run], In(store => store.Runs.RequestStopOfTrigger(trigger, StopRequest.Kill)));
        Assert.Equal([(run, StopRequest.Kill)], In(store => store.Runs.ToStop("here")));
    }

    [Fact]
    public void Runs_that_were_lost_before_anybody_saw_them_are_counted()
    {
        var trigger = Enqueue();
        var runs = new List<long>();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            runs.Add(Start(trigger));
            In(store => store.Runs.End(runs[^1], new RunEnd(RunStatus.Lost, Now)));
            In(store => store.Triggers.Return(trigger, "its daemon died"));
        }

        Assert.Equal(2, In(store => store.Runs.LostUnseen(trigger, runs[1])));
        Assert.Equal(2, In(store => store.Runs.CountLost(trigger)));
        In(store => store.Runs.RecordProcess(runs[1], "job", new RunProcess(5, 6, Now)));
        Assert.Equal(0, In(store => store.Runs.LostUnseen(trigger, runs[1])));
    }
}
