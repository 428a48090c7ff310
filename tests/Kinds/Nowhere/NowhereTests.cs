using Aios.Jobs;
using Aios.Store.Runs;

namespace Aios.Tests.Kinds.Nowhere;

/// <summary>A place that AIOS does not have, from the job list to the record of a run.</summary>
public sealed class NowhereTests
{
    private const string Drill = "{name: drill, type: trigger, command: [no-such-program], pretend: failed}";

    [Fact]
    public void The_list_has_its_field()
    {
        var job = TestKinds.JobOf(Drill);

        Assert.Equal(new NowherePlace { Outcome = RunStatus.Failed }, job.Place);
        Assert.Equal("""{"name":"drill","type":"trigger","command":["no-such-program"],"pretend":"failed"}""", JobJson.Write(job));
        Assert.Equal(JobJson.Write(job), JobJson.Write(TestKinds.JobOf(JobJson.Write(job))));
        Assert.Equal(MachineKind.Instance.Blank, TestKinds.JobOf("{name: a, type: trigger, command: [a]}").Place);
    }

    [Theory]
    [InlineData("- {name: a, type: trigger, command: [a], pretend: perhaps}", "one of succeeded, failed")]
    [InlineData("- {name: a, type: trigger, command: [a], pretend: failed, image: busybox}", "exclude each other")]
    [InlineData(
        "- {name: a, type: trigger, command: [a], pretend: failed, network: none}",
        "the job has none; add an \"image\" or remove it"
    )]
    [InlineData("- {name: a, type: trigger, command: [a], pretnd: failed}", "Did you mean \"pretend\"?")]
    public void A_mistake_in_it_is_reported_as_any_other(string list, string expected) =>
        Assert.Contains(expected, TestKinds.ErrorOf(list), StringComparison.Ordinal);

    [Fact]
    public void A_default_of_it_reaches_jobs_and_leaves_those_in_containers_alone()
    {
        var list = JobListLoader.Parse(
            "defaults: {pretend: succeeded, command: [a]}\njobs:\n  - {name: a, type: trigger}\n  - {name: b, type: trigger, "
                + "image: busybox}\n",
            "jobs.yaml",
            TestKinds.Fields
        );

        Assert.Empty(list.Errors);
        Assert.Equal(
            [new NowherePlace(), ContainerKind.Instance.BlankContainer with { Image = "busybox" }],
            list.Jobs.Select(job => job.Place)
        );
    }

    [Theory]
    [InlineData("succeeded")]
    [InlineData("failed")]
    public async Task It_runs_and_its_run_is_recorded(string outcome)
    {
        using var daemon = new KindsDaemon(TestKinds.JobOf(Drill.Replace("failed", outcome, StringComparison.Ordinal)));

        Assert.Equal(
            (outcome, "nothing was started", 0),
            await daemon.Run() is var run ? (run.Status, run.Reason, run.Lines.Length) : default
        );
    }

    [Fact]
    public void Each_place_of_a_job_list_has_what_runs_its_jobs()
    {
        using var box = new Aios.Tests.Running.Sandbox();

        Assert.All(PlaceKinds.All, kind => Assert.Empty(box.Runner.UnkeptLimits(new Job { Name = "a", Place = kind.Blank })));
    }
}
