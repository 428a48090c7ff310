using System.Net;
using System.Net.Sockets;
using Aios.Tests.BlackBox;
using Aios.Tests.Examples;
using Aios.Tests.Support;
using Microsoft.Playwright;

namespace Aios.Tests.WebConsole;

/// <summary>The example of a sales report, from its start to the report that was sent, in a browser.</summary>
public sealed class SalesWalkTests(Browser browser) : IClassFixture<Browser>
{
    [RequiresFact(Need.Browser | Need.Python)]
    public async Task A_report_is_drafted_checked_written_again_approved_and_sent()
    {
        var port = Ports.Free();
        using var home = ExampleHome.Copy("weekly-sales", ("8977", $"{port}"));
        ExampleHome.Change(home, "models.yaml", ("8977", $"{port}"));
        using var api = ApiClient.Start(home);
        home.WaitFor(() => IsOpen(port), "the demonstration answers");
        var flow = home.Insert("weekly_sales");
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM approvals WHERE status = 'waiting'") == 1, "a person is asked", 60);
        Assert.Equal(["failed", "succeeded"], home.RunsOf("weekly_sales/draft").Select(run => run.Status));
        Assert.Contains("below min_confidence", home.RunsOf("weekly_sales/draft")[0].Reason, StringComparison.Ordinal);
        Assert.Equal(["quick", "careful"], home.Column("SELECT model FROM calls WHERE confidence IS NOT NULL ORDER BY id"));

        await using var page = await browser.Open(api.Address);
        await page.Link("1 approval waits").ClickAsync();
        await page.Sees(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Send the sales report?" }));
        await page.Sees("In the week from 2026-11-23 we sold");
        Assert.False(Directory.Exists(home.In("outbox")), "nothing is sent before somebody agrees");
        await page.Button("Approve").ClickAsync();
        await page.Button("Yes, approve").ClickAsync();
        Assert.Equal("succeeded", home.Closed(flow).Status);
        await page.Link($"weekly_sales, flow {flow}").ClickAsync();
        await page.Sees("draft");
        Assert.StartsWith(
            "In the week from 2026-11-23 we sold ",
            File.ReadAllText(Directory.EnumerateFiles(home.In("outbox")).Single()),
            StringComparison.Ordinal
        );
        Assert.True(home.Get<double>("SELECT sum(cost) FROM calls") > 0);
        Assert.Empty(page.Complaints);
    }

    private static bool IsOpen(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
