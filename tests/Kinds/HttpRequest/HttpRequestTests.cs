using System.Net;
using System.Net.Sockets;
using System.Text;
using Aios.Jobs;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Kinds.HttpRequest;

/// <summary>A kind of work that AIOS does not have, from the job list to the record of its run.</summary>
public sealed class HttpRequestTests
{
    private const string Renew = "{name: renew, type: trigger, http: \"http://localhost/renew\", method: POST}";

    [Fact]
    public void The_list_has_its_fields()
    {
        var job = TestKinds.JobOf(Renew);

        Assert.Equal(new HttpWork { Url = "http://localhost/renew", Method = "POST" }, job.Work);
        Assert.Equal("""{"name":"renew","type":"trigger","http":"http://localhost/renew","method":"POST"}""", JobJson.Write(job));
        Assert.Equal(JobJson.Write(job), JobJson.Write(TestKinds.JobOf(JobJson.Write(job))));
    }

    [Theory]
    [InlineData("- {name: a, type: trigger}", "\"file\" or \"command\" or \"shell\" or \"llm\" or \"steps\" or \"http\" is missing")]
    [InlineData("- {name: a, type: trigger, http: \"http://localhost\", command: [a]}", "\"command\" and \"http\" exclude each other")]
    [InlineData("- {name: a, type: trigger, http: localhost}", "a URL such as")]
    [InlineData("- {name: a, type: trigger, htp: \"http://localhost\"}", "Did you mean \"http\"?")]
    [InlineData("- {name: a, type: trigger, command: [a], method: POST}", "needs \"http\"")]
    [InlineData("- {name: a, type: trigger, http: \"http://localhost\", function: main}", "needs a \"file\" that ends in .py")]
    public void A_mistake_in_them_is_reported_as_any_other(string list, string expected) =>
        Assert.Contains(expected, TestKinds.ErrorOf(list), StringComparison.Ordinal);

    [Fact]
    public void Defaults_reach_it_and_leave_out_what_is_not_its_own()
    {
        var list = JobListLoader.Parse(
            "defaults: {http: \"http://localhost\", method: DELETE, python: envs/ml}\njobs:\n  - {name: a, type: trigger}\n  - {name: b, "
                + "type: trigger, command: [b]}\n",
            "jobs.yaml",
            TestKinds.Fields
        );

        Assert.Empty(list.Errors);
        Assert.Equal(
            [new HttpWork { Url = "http://localhost", Method = "DELETE" }, list.Jobs[1].Work as CommandWork],
            list.Jobs.Select(job => job.Work)
        );
    }

    [RequiresTheory(Need.Curl)]
    [InlineData("200 OK", "succeeded", "renewed")]
    [InlineData("503 Service Unavailable", "failed", "503")]
    public async Task It_runs_and_its_run_is_recorded(string answer, string status, string line)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var request = Answer(server, answer);
        using var daemon = new KindsDaemon(
            TestKinds.JobOf(Renew.Replace("localhost", server.LocalEndpoint.ToString(), StringComparison.Ordinal))
        );

        var run = await daemon.Run();

        Assert.Equal("POST /renew HTTP/1.1", await request);
        Assert.Equal(status, run.Status);
        Assert.Contains(run.Lines, text => text.Contains(line, StringComparison.Ordinal));
    }

    private static async Task<string?> Answer(TcpListener server, string status)
    {
        using var client = await server.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream());
        var first = await reader.ReadLineAsync();
        while (await reader.ReadLineAsync() is { Length: > 0 })
            continue;
        await client
            .GetStream()
            .WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 8\r\nConnection: close\r\n\r\nrenewed\n"));
        return first;
    }
}
