using Aios.Jobs;

namespace Aios.Tests.Jobs;

public sealed class JobDefaultsTests
{
    [Fact]
    public void A_default_applies_where_the_job_says_nothing()
    {
        var jobs = Lists.Jobs(
            """
            defaults: {type: trigger, file: all.py, function: main, retries: 5, tags: [x]}
            jobs:
              - {name: a}
              - {name: b, retries: 0, file: b.py}
              - {name: c, retries: ~}
            """
        );

        Assert.Equal([(5, "all.py"), (0, "b.py"), (5, "all.py")], jobs.Select(job => (job.Retries, job.Work.ProgramFile!)));
        Assert.All(jobs, job => Assert.Equal(("main", 1), (FileWork.Of(job)!.Function, job.Tags.Count)));
    }

    [Fact]
    public void A_default_that_does_not_fit_a_job_is_not_applied()
    {
        var jobs = Lists.Jobs(
            """
            defaults: {timezone: Europe/Berlin, time: '7:00', interval: 5m, file: all.py, function: main, overlap: queue, min_uptime: 9s}
            jobs:
              - {name: a, type: trigger, command: [x], max_parallel: 3}
              - {name: b, type: daily}
              - {name: c, type: interval, interval_minutes: 1, file: c.sh}
            """
        );

        Assert.Equal((null, null, null), (jobs[0].Work.ProgramFile, FileWork.Of(jobs[0])?.Function, jobs[0].Overlap));
        Assert.Equal(
            ("Europe/Berlin", new TimeOnly(7, 0), Overlap.Queue),
            (jobs[1].As<Daily>().TimeZone.Id, jobs[1].As<Daily>().Time, jobs[1].Overlap)
        );
        Assert.Equal(
            (TimeSpan.FromMinutes(1), "c.sh", null),
            (jobs[2].As<Interval>().Every, jobs[2].Work.ProgramFile, FileWork.Of(jobs[2])?.Function)
        );
    }

    [Theory]
    [InlineData("defaults: {name: x}\njobs: []", "1:12: field \"name\": cannot be among the defaults; each job has its own.")]
    [InlineData("defaults: {retry: 3}\njobs: []", "1:12: unknown field \"retry\". Did you mean \"retries\"?")]
    [InlineData(
        "defaults: {retries: x}\njobs: [{name: a, type: trigger, file: a.py}]",
        "1:21: field \"retries\": found \"x\", expected a whole number from 0 to 1,000."
    )]
    [InlineData(
        "defaults: {type: x}\njobs: [{name: a, file: a.py, time: '9:00'}]",
        "1:18: field \"type\": found \"x\", expected one of always, daily, interval, random_daily, cron, trigger, idle."
    )]
    [InlineData("defaults: {file: a.py, command: [b]}\njobs: []", "1:24: \"file\" and \"command\" exclude each other; keep one of them.")]
    [InlineData("defaults: [a]\njobs: []", "1:11: found a list, expected a map of fields under \"defaults\", such as \"retries: 3\".")]
    [InlineData(
        "default: {retries: 1}\njobs: []",
        "1:1: unknown key \"default\"; beside \"defaults\" and \"jobs\" there is none. Did you mean \"defaults\"?"
    )]
    [InlineData("jobs: {a: 1}", "1:7: found a map with \"a\", expected a list of jobs; each begins with \"- name: ...\".")]
    [InlineData(
        "name: a\ntype: trigger",
        "1:1: a job stands here alone, but a list of jobs is expected; write \"- \" before its first field and indent the others by two."
    )]
    [InlineData(
        "hello",
        "1:1: found \"hello\", expected a list of jobs (each begins with \"- name: ...\"), or a map with \"defaults\" and \"jobs\"."
    )]
    public void What_is_wrong_outside_of_jobs_is_told_once(string text, string message) =>
        Assert.Equal("Jobs/jobs.yaml:" + message, Lists.Error(text));

    [Fact]
    public void No_job_comes_from_a_file_with_wrong_defaults() =>
        Assert.Empty(Lists.Parse("defaults: {retries: x}\njobs: [{name: a, type: trigger, file: a.py}]").Jobs);

    [Fact]
    public void Defaults_reach_the_documents_after_theirs() =>
        Assert.Equal(
            [1, 1, 2],
            Lists
                .Jobs(
                    """
                    defaults: {type: trigger, file: a.py, retries: 1}
                    jobs: [{name: a}]
                    ---
                    - {name: b}
                    ---
                    defaults: {type: trigger, file: a.py, retries: 2}
                    jobs: [{name: c}]
                    """
                )
                .Select(job => job.Retries)
        );
}
