using Aios.Control.Confirm;
using Aios.Jobs;
using Aios.Tests.Jobs;
using Aios.Tests.Support;

namespace Aios.Tests.Control.Confirm;

/// <summary>What is risky, and what the digest of an operation covers.</summary>
public sealed class RiskyOperationTests
{
    private const string Plain = "- {name: a, type: trigger, image: alpine, command: [\"true\"]}";

    [Theory]
    [InlineData("network: host", "network: host")]
    [InlineData("user: root", "user: root")]
    [InlineData("user: \"0:1000\"", "user: 0:1000")]
    [InlineData(
        "privileges: {read_only: false, capabilities: [CHOWN], new_privileges: true, init: false}",
        "privileges: read_only: false|privileges: CHOWN|privileges: new_privileges: true|privileges: init: false"
    )]
    public void Rights_that_are_new_are_risky(string field, string rights)
    {
        var text = $"- {{name: a, type: trigger, image: alpine, command: [\"true\"], {field}}}";
        var job = Assert.Single(Added(text, Plain));
        Assert.Equal(("a", rights), (job.Name, string.Join('|', job.Rights)));
        Assert.Empty(Added(text, text));
        Assert.Single(Added(text.Replace("name: a", "name: b", StringComparison.Ordinal), text));
    }

    [Theory]
    [InlineData("network: none")]
    [InlineData("network: hosts")]
    [InlineData("user: \"1000:0\"")]
    [InlineData("user: rooted")]
    [InlineData("privileges: {read_only: true}")]
    public void Nothing_else_is(string field) =>
        Assert.Empty(Added($"- {{name: a, type: trigger, image: alpine, command: [\"true\"], {field}}}", "[]"));

    [Fact]
    public void A_right_more_is_new_and_one_less_is_not()
    {
        const string one = "- {name: a, type: trigger, image: alpine, command: [\"true\"], privileges: {capabilities: [CHOWN]}}";
        var two = one.Replace("[CHOWN]", "[CHOWN, KILL]", StringComparison.Ordinal);
        Assert.Equal(["privileges: KILL"], Assert.Single(Added(two, one)).Rights);
        Assert.Empty(Added(one, two));
    }

    [Fact]
    public void Steps_are_looked_through_with_their_ladders_and_references()
    {
        const string flow = """
            - name: a
              type: trigger
              steps:
                - {name: one, image: alpine, command: ["true"], network: host}
                - name: two
                  image: alpine
                  command: ["true"]
                  recover: [{with: {user: root}}]
                - {name: three, image: alpine, command: ["true"], user: "${kwargs.user}"}
                - {name: four, image: alpine, command: ["true"]}
            """;
        Assert.Equal(
            ["step one: network: host", "step two: user: root", "step three: user: ${kwargs.user}"],
            Assert.Single(Added(flow, "[]")).Rights
        );
        Assert.Empty(Added(flow, flow));
    }

    [Fact]
    public void The_digest_covers_the_kind_and_all_that_is_done()
    {
        var file = new JobFile("jobs.yaml", "- a");
        RiskyJob[] jobs = [new("a", ["network: host"])];
        var one = RiskyOperation.SaveJobs(file, jobs);
        Assert.Equal(("risky_jobs", "jobs.yaml", 64), (one.Kind, one.Name, one.Digest.Length));
        Assert.Equal(one, RiskyOperation.SaveJobs(file, jobs));
        Assert.NotEqual(one.Digest, RiskyOperation.SaveJobs(file with { Text = "- b" }, jobs).Digest);
        Assert.NotEqual(one.Digest, RiskyOperation.SaveJobs(file with { Name = "more.yaml" }, jobs).Digest);

        Assert.Equal(RiskyOperation.CancelMany([2, 1]).Digest, RiskyOperation.CancelMany([1, 2]).Digest);
        Assert.NotEqual(RiskyOperation.CancelMany([1, 3]).Digest, RiskyOperation.CancelMany([1, 2]).Digest);
        Assert.Equal(
            ("2 flows", "{\"flows\":[1,2]}"),
            (RiskyOperation.CancelMany([2, 1]).Name, RiskyOperation.CancelMany([2, 1]).ShownJson)
        );
        Assert.NotEqual(
            RiskyOperation.DeleteHistory("/a.db", [("keep_days", 7)]).Digest,
            RiskyOperation.DeleteHistory("/a.db", [("keep_days", 8)]).Digest
        );
    }

    [Fact]
    public void The_digest_of_a_restore_covers_what_the_copy_holds()
    {
        using var folder = new TemporaryFolder();
        var copy = folder.File("copy.db");
        File.WriteAllText(copy, "one");
        File.SetLastWriteTimeUtc(copy, DateTime.UnixEpoch);
        var one = RiskyOperation.Restore("/home/orchestrator.db", copy);
        Assert.Equal("orchestrator.db", one.Name);
        Assert.Contains("\"bytes\":3", one.ShownJson, StringComparison.Ordinal);
        File.WriteAllText(copy, "two");
        File.SetLastWriteTimeUtc(copy, DateTime.UnixEpoch);
        Assert.NotEqual(one.Digest, RiskyOperation.Restore("/home/orchestrator.db", copy).Digest);
    }

    [Theory]
    [InlineData("user ada", "user ada", true)]
    [InlineData("user root (sudo by ada)", "user ada", true)]
    [InlineData("user root (sudo by ada)", "user root (sudo by bob)", false)]
    [InlineData("user root", "user root (sudo by ada)", false)]
    [InlineData("key ada", "user ada", false)]
    public void Whoever_became_root_is_still_who_they_were(string one, string other, bool isSame) =>
        Assert.Equal(isSame, Person.IsSame(one, other));

    private static IReadOnlyList<RiskyJob> Added(string after, string before) =>
        RiskyJob.In(Lists.Jobs(after), name => Lists.Jobs(before).FirstOrDefault(job => job.Name == name));
}
