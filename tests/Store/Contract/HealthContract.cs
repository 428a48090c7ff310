using Aios.Store.Devices;
using Aios.Store.Jobs;
using Aios.Store.Notices;
using Aios.Store.Runs;

namespace Aios.Tests.Store.Contract;

/// <summary>What is wrong with jobs and devices, and who is to hear of it.</summary>
public abstract class HealthContract<TFixture> : StoreContract<TFixture>
    where TFixture : IStoreFixture, new()
{
    private static readonly HealthRecord Failing = new("job")
    {
        Since = Now,
        Failures = 3,
        Level = 2,
        Relapses = 1,
        Recent = "fsf",
        LongestLife = TimeSpan.FromSeconds(5),
        GoodSince = Now.AddMinutes(1),
        Probation = TimeSpan.FromMinutes(2),
        LastFailure = Now.AddMinutes(3),
        Recovered = Now.AddMinutes(4),
        Reason = "exit status 1",
        RunId = 7,
    };

    [Fact]
    public void A_job_is_remembered_as_it_was_put_until_it_is_forgotten()
    {
        Assert.True(In(store => store.Health.IsEmpty()));
        In(store => store.Health.Put(Failing));
        In(store => store.Health.Put(Failing with { Failures = 4 }));
        Assert.False(In(store => store.Health.IsEmpty()));
        Assert.Equal(Failing with { Failures = 4 }, In(store => store.Health.Find("job")));
        Assert.Equal([Failing with { Failures = 4 }], In(store => store.Health.All()));
        In(store => store.Health.Forget("other"));
        Assert.NotNull(In(store => store.Health.Find("job")));
        In(store => store.Health.Forget("job"));
        Assert.Null(In(store => store.Health.Find("job")));
    }

    [Fact]
    public void A_new_chance_forgets_the_back_off_and_not_the_failure()
    {
        In(store => store.Health.Put(Failing));
        In(store => store.Health.Put(Failing with { JobName = "well", Since = null }));
        foreach (var job in (string[])["job", "well"])
            In(store => store.Health.Reset(job));
        var expected = Failing with { Level = 0, Relapses = 0, Recent = "f", LongestLife = TimeSpan.Zero, GoodSince = null };
        Assert.Equal([expected], In(store => store.Health.All()));
    }

    [Fact]
    public void What_concerns_jobs_that_no_list_has_is_forgotten()
    {
        List("here", "job", "without_deadline");
        foreach (var job in (string[])["job", "gone", "without_deadline"])
            In(store =>
            {
                store.Health.Put(Failing with { JobName = job });
                store.Alarms.Raise(job, "failure", null, null, Now);
                store.Alarms.SetInTime(job, Now);
            });
        In(store => store.Health.ForgetUnlisted());
        In(store => store.Alarms.ForgetUnlisted(job => job == "without_deadline"));
        Assert.Equal(["job", "without_deadline"], In(store => store.Health.All()).Select(record => record.JobName));
        Assert.Equal(["job", "without_deadline"], In(store => store.Alarms.All()).Select(alarm => alarm.JobName));
        Assert.Equal([alarmOf("job")], In(store => store.Alarms.All("job")));
        Assert.Equal(
            (Now, null, null),
            In(store => (store.Alarms.InTimeSince("job"), store.Alarms.InTimeSince("gone"), store.Alarms.InTimeSince("without_deadline")))
        );

        static Alarm alarmOf(string job) => new(job, "failure", Now, Now, 1, null, null);
    }

    [Fact]
    public void A_deadline_counts_from_when_the_job_was_last_in_time()
    {
        Assert.Null(In(store => store.Alarms.InTimeSince("job")));
        In(store => store.Alarms.SetInTime("job", Now));
        In(store => store.Alarms.SetInTime("job", Now.AddHours(1)));
        Assert.Equal(Now.AddHours(1), In(store => store.Alarms.InTimeSince("job")));
    }

    [Fact]
    public void What_a_device_that_is_gone_has_left_to_send_is_taken_over()
    {
        List("here", "mine");
        In(store => store.Devices.Register(Device("alive")));
        Add("gone", "mine", Now);
        Add("gone", "foreign", Now);
        Add("alive", "mine", Now);
        In(store => store.Notices.TakeOver("here", Now.AddMinutes(1)));
        Assert.Equal(["mine"], DueHere());
        Assert.Equal("alive", In(store => store.Notices.Due("alive", Now, 10)).Select(_ => "alive").Single());
        // Nothing waits for ever.
        In(store => store.Notices.TakeOver("here", Now.AddDays(2)));
        Assert.Equal(["mine", "foreign"], DueHere());

        IEnumerable<string> DueHere() => In(store => store.Notices.Due("here", Now.AddDays(2), 10)).Select(notice => notice.JobName);
    }

    [Fact]
    public void No_notice_waits_longer_after_the_clock_went_back()
    {
        Add("here", "job", Now);
        var id = In(store => store.Notices.Due("here", Now, 10)).Single().Id;
        In(store => store.Notices.Delay(id, Now.AddMinutes(30), "no answer"));
        In(store => store.Notices.Rewind(Now, TimeSpan.FromHours(1)));
        Assert.Equal(Now.AddMinutes(30), In(store => store.Notices.NextDue("here")));
        In(store => store.Notices.Rewind(Now.AddHours(-1), TimeSpan.FromHours(1)));
        Assert.Equal(Now.AddHours(-1), In(store => store.Notices.NextDue("here")));
    }

    [Fact]
    public void A_device_that_stalls_says_since_when_until_it_gets_on()
    {
        In(store => store.Devices.Register(Device("here")));
        In(store => store.Devices.Stall("here", "former", Now, "not this one"));
        Assert.Null(Stalled());
        In(store => store.Devices.Stall("here", "boot", Now.AddSeconds(1), "the disk"));
        In(store => store.Devices.Stall("here", "boot", Now.AddSeconds(9), "the disk"));
        Assert.Equal(Now.AddSeconds(1), Stalled());
        In(store => store.Devices.Beat("here", "boot", Now.AddSeconds(10), null, isStalled: true));
        Assert.NotNull(Stalled());
        In(store => store.Devices.Beat("here", "boot", Now.AddSeconds(11), null));
        Assert.Null(Stalled());

        DateTimeOffset? Stalled() => Read(reader => reader.Devices()).Single().Stalled;
    }

    [Fact]
    public void What_has_ended_on_a_device_may_run_again_when_it_starts()
    {
        foreach (var device in (string[])["here", "elsewhere"])
            In(store => store.Devices.Register(Device(device)));
        foreach (var (job, device) in (ReadOnlySpan<(string, string)>)[("mine", "here"), ("theirs", "elsewhere")])
            In(store =>
            {
                store.Runs.RecordLatest(job, RunStatus.Succeeded, device, Now, 1);
                store.Holds.Put(job, HoldKind.Ended, Now);
            });
        In(store => store.Holds.Put("paused", HoldKind.Paused, Now));
        In(store => store.Holds.RemoveEnded("here"));
        Assert.Equal(["paused", "theirs"], In(store => store.Holds.All()).Keys.Order());
    }

    private void Add(string device, string job, DateTimeOffset now) =>
        Assert.True(In(store => store.Notices.Add(device, job, "failure", "channel", "{}", now)));

    private void List(string device, params string[] jobs)
    {
        In(store => store.Devices.Register(Device(device)));
        In(store => store.Devices.PutJobs(device, jobs.Select(job => new ListedJob(job, true, "{}", "1")), (_, put) => put()));
    }
}
