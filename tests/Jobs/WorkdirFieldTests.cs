using System.Text.Json;
using Aios.Jobs;

namespace Aios.Tests.Jobs;

/// <summary>What a list says of the folder that a program starts in.</summary>
public sealed class WorkdirFieldTests
{
    [Theory]
    [InlineData("workdir: /srv/shop", "/srv/shop")]
    [InlineData("workdir: data", "data")]
    [InlineData("workdir: ../beside", "../beside")]
    [InlineData("workdir: .", ".")]
    [InlineData("workdir: \"with blanks\"", "with blanks")]
    [InlineData("cwd: /srv/shop", "/srv/shop")]
    [InlineData("cwd: data", "data")]
    [InlineData("workdir:", null)]
    public void It_is_read_by_both_names(string line, string? folder)
    {
        var job = Lists.Job(Lists.Trigger(line));
        Assert.Equal(folder, job.Workdir);
        Assert.Equal(JobJson.Write(job), JobJson.Write(Lists.Job("[" + JobJson.Write(job) + "]")));
    }

    [Theory]
    [InlineData("workdir: ~/shop", "what ~ or a variable stands for")]
    [InlineData("workdir: $HOME/shop", "what ~ or a variable stands for")]
    [InlineData("workdir: \"\"", "the path of a folder")]
    [InlineData("workdir: [a]", "the path of a folder")]
    [InlineData("cwd: ~", null)]
    [InlineData("cwd: \"~\"", "field \"cwd\"")]
    [InlineData("cwd: a\n  workdir: b", "two names of the same field")]
    [InlineData("workdir: a\n  cwd: a", "two names of the same field")]
    [InlineData("cwd: a\n  cwd: b", "written twice")]
    [InlineData("image: alpine\n  workdir: data", "an absolute path in the container")]
    [InlineData("image: alpine\n  cwd: data", "field \"cwd\": found \"data\", expected an absolute path in the container")]
    [InlineData("wrkdir: a", "Did you mean \"workdir\"?")]
    public void What_makes_no_sense_is_told(string lines, string? words)
    {
        if (words is null)
            Assert.Empty(Lists.Errors(Lists.Trigger(lines)));
        else
            Assert.Contains(words, Lists.Error(Lists.Trigger(lines)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cwd: data", "data", null)]
    [InlineData("workdir: /data", "/data", "/data")]
    [InlineData("workdir: data", "data", null)]
    public void A_default_holds_where_it_fits(string line, string? here, string? inContainer)
    {
        var jobs = Lists.Jobs(
            $"defaults: {{{line}}}\njobs:\n  - {{name: a, type: trigger, file: a.py}}\n  - {{name: b, type: trigger, file: b.py, image: "
                + $"python}}\n  - {{name: c, type: trigger, file: b.py, cwd: own}}\n"
        );
        Assert.Equal([here, inContainer, "own"], jobs.Select(job => job.Workdir));
    }

    [Fact]
    public void The_schema_and_the_table_know_the_other_name()
    {
        var schema = JsonDocument.Parse(JobListSchema.Write()).RootElement.GetProperty("$defs");
        var fields = schema.GetProperty("fields").GetProperty("properties");
        Assert.Equal(
            fields.GetProperty("workdir").GetProperty("pattern").GetString(),
            fields.GetProperty("cwd").GetProperty("pattern").GetString()
        );
        Assert.Contains(
            "workdir,cwd",
            schema
                .GetProperty("job")
                .GetProperty("allOf")
                .EnumerateArray()
                .Where(rule => rule.TryGetProperty("not", out _))
                .Select(rule =>
                    string.Join(',', rule.GetProperty("not").GetProperty("required").EnumerateArray().Select(name => name.GetString()))
                )
        );
        Assert.Contains("`cwd` means the same.", JobFieldTable.Markdown(), StringComparison.Ordinal);
    }
}
