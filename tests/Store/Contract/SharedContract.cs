using Aios.Store;
using Aios.Store.Api;
using Aios.Store.Audit;
using Aios.Store.Devices;
using Aios.Store.Jobs;
using Aios.Store.Notices;

namespace Aios.Tests.Store.Contract;

/// <summary>What all devices share beside triggers and runs.</summary>
public abstract class SharedContract<TFixture> : StoreContract<TFixture>
    where TFixture : IStoreFixture, new()
{
    [Fact]
    public void Holds_keep_their_first_time_and_are_taken_away_by_kind()
    {
        In(store => store.Holds.Put("job", HoldKind.Paused, Now));
        In(store => store.Holds.Put("job", HoldKind.Stopped, Now.AddHours(1)));
        Assert.Equal(new JobHold(HoldKind.Stopped, Now), In(store => store.Holds.All())["job"]);
        In(store => store.Holds.Remove("job", HoldKind.Paused));
        Assert.Equal(HoldKind.Stopped, In(store => store.Holds.Find("job")));
        Assert.True(In(store => store.Holds.Remove("job")));
        Assert.False(In(store => store.Holds.Remove("job")));
    }

    [Fact]
    public void Each_job_has_state_of_its_own()
    {
        In(store => store.State.Set("a", "key", "1", Now));
        In(store => store.State.Set("b", "key", "2", Now));
        In(store => store.State.Set(IState.Shared, "key", "3", Now));
        In(store => store.State.Set("a", "key", "\"ü\"", Now));
        Assert.Equal(
            ("\"ü\"", "2", "3", null),
            In(store =>
                (store.State.Find("a", "key"), store.State.Find("b", "key"), store.State.Find("", "key"), store.State.Find("a", "KEY"))
            )
        );
        Assert.Equal([new StateEntry("key", "2", Now)], Read(reader => reader.State("b")));
        Assert.True(In(store => store.State.Delete("a", "key")));
        Assert.False(In(store => store.State.Delete("a", "key")));
    }

    [Fact]
    public void A_schedule_is_forgotten_only_if_no_device_follows_it()
    {
        In(store => store.Devices.Register(Device("here")));
        In(store => store.Devices.PutJobs("here", [new ListedJob("job", true, "{}", "1") { Schedule = "hourly" }], (_, put) => put()));
        In(store => store.Schedules.Put(new ScheduleCursor("job", "hourly", Now, null)));
        In(store => store.Schedules.Put(new ScheduleCursor("job", "daily", Now, Now.AddHours(1))));
        In(store => store.Schedules.ForgetUnlisted());
        Assert.Equal([new ScheduleCursor("job", "hourly", Now, null)], In(store => store.Schedules.Of("job")));
        In(store => store.Schedules.ForgetOthers("job", "daily"));
        Assert.Single(In(store => store.Schedules.Of("job")));
        In(store => store.Schedules.Restore("job", [new ScheduleCursor("job", "daily", Now, null)]));
        Assert.Equal("daily", In(store => store.Schedules.Of("job")).Single().Schedule);
    }

    [Fact]
    public void A_device_beats_only_in_its_own_boot()
    {
        In(store => store.Devices.Register(Device("here", "first")));
        Assert.True(In(store => store.Devices.Beat("here", "first", Now.AddSeconds(10), "a bad list")));
        Assert.False(In(store => store.Devices.Beat("here", "second", Now, null)));
        Assert.Equal("a bad list", In(store => store.Devices.All()).Single().Trouble);
        In(store => store.Devices.Leave("here", "first", Now));
        Assert.False(In(store => store.Devices.Beat("here", "first", Now, null)));
        In(store => store.Devices.ForgetGoneSince(Now.AddSeconds(1)));
        Assert.Empty(In(store => store.Devices.All()));
    }

    [Fact]
    public void A_list_says_what_has_changed_in_it()
    {
        In(store => store.Devices.Register(Device("here")));
        var first = new ListedJob("job", true, """{"a":1}""", "1");
        Assert.Equal([new ListedJobChange("job", null, """{"a":1}""")], Put(first));
        Assert.Empty(Put(first));
        Assert.Empty(Put(first with { CanRun = false }));
        Assert.False(In(store => store.Devices.AnyOnlineCanRun("job")));
        Assert.True(In(store => store.Devices.AnyKnows("job")));
        Assert.Equal([new ListedJobChange("job", """{"a":1}""", null)], Put());

        IReadOnlyList<ListedJobChange> Put(params ListedJob[] jobs) => In(store => store.Devices.PutJobs("here", jobs, (_, put) => put()));
    }

    [Fact]
    public void A_key_and_a_request_of_one_name_exist_once()
    {
        var key = new ApiKeyRecord("deploy", "operator", "*", "hash", Now, Now.AddDays(1));
        Assert.True(In(store => store.ApiKeys.Add(key)));
        Assert.False(In(store => store.ApiKeys.Add(key with { Role = "admin" })));
        Assert.Equal([key], In(store => store.ApiKeys.All()));
        In(store => store.Idempotency.Put("deploy", "k", "request", "12", Now));
        Assert.Equal(("request", "12"), In(store => store.Idempotency.Find("deploy", "k", Now.AddHours(23))));
        Assert.Null(In(store => store.Idempotency.Find("deploy", "k", Now.AddHours(25))));
        Assert.True(In(store => store.ApiKeys.Remove("deploy")));
    }

    [Fact]
    public void The_audit_is_a_chain_that_verifies()
    {
        foreach (var action in (string[])[AuditActions.JobPause, AuditActions.JobResume])
            In(store => store.Audit.Append(new AuditEntry(Now, new Actor("user ada", "test"), action) { JobName = "job" }));
        var head = In(store => store.Audit.Head());
        Assert.Null(In(store => store.Audit.Trouble));
        var verdict = Read(reader => new AuditVerifier(reader, Database.AuditHead).Verify());
        Assert.Empty(verdict.Findings);
        // The first row of each chain says that it begins.
        Assert.Equal((3, head), (verdict.Rows, verdict.Head));
    }

    [Fact]
    public void A_notice_is_sent_when_it_is_due_until_it_is_closed()
    {
        Assert.True(In(store => store.Notices.Add("here", "job", "failure", "channel", "{}", Now)));
        var notice = Assert.Single(In(store => store.Notices.Due("here", Now, 10)));
        Assert.Empty(In(store => store.Notices.Due("elsewhere", Now, 10)));
        In(store => store.Notices.Delay(notice.Id, Now.AddMinutes(1), "no answer"));
        Assert.Equal(Now.AddMinutes(1), In(store => store.Notices.NextDue("here")));
        In(store => store.Notices.Close(notice.Id, "sent", Now.AddMinutes(2)));
        Assert.Null(In(store => store.Notices.NextDue("here")));
        Assert.Equal(new SentNotice(notice.Id, Now), In(store => store.Notices.LastTold("job", "failure", "channel")));
    }

    [Fact]
    public void An_alarm_counts_until_it_is_cleared()
    {
        In(store => store.Alarms.Raise("job", "failure", "first", 1, Now));
        var alarm = In(store => store.Alarms.Raise("job", "failure", "second", 2, Now.AddMinutes(1)));
        Assert.Equal(new Alarm("job", "failure", Now, Now.AddMinutes(1), 2, "second", 2), alarm);
        In(store => store.Alarms.Clear(alarm));
        Assert.Empty(In(store => store.Alarms.All()));
    }

    [Fact]
    public void A_database_keeps_its_id_and_its_newest_instant()
    {
        var id = In(store => store.Config.DatabaseId());
        Assert.Equal(32, id.Length);
        Assert.Equal(id, Read(reader => reader.DatabaseId()));
        In(store => store.Config.NoteInstant(Now));
        In(store => store.Config.NoteInstant(Now.AddHours(-1)));
        Assert.Equal(Now, Read(reader => reader.NewestInstant()));
        Assert.Equal(Now, In(store => store.Config.NewestInstant()));
    }
}
