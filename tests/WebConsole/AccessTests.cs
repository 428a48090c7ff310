using System.Net;
using System.Text;
using Aios.Tests.BlackBox;
using Microsoft.Playwright;

namespace Aios.Tests.WebConsole;

/// <summary>Who gets in through a browser.</summary>
public sealed class AccessTests(Browser browser) : IClassFixture<Browser>
{
    private const string Jobs = """- {name: hello, type: trigger, command: ["true"]}""";

    [RequiresFact(Need.Browser)]
    public async Task A_foreign_page_in_the_same_browser_sees_and_does_nothing()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        using var foreign = new ForeignSite();
        await using var page = await browser.Open(foreign.Address);
        var outcome = await page.Page.EvaluateAsync<string[]>(
            """
            async target => {
              const found = [];
              const note = (what, text) => found.push(`${what}: ${text}`);
              for (const mode of ["cors", "no-cors"]) {
                for (const [path, method] of [["/api/v1/jobs", "GET"], ["/api/v1/jobs/hello/trigger", "POST"], ["/api/v1/jobs/hello/pause", "POST"]]) {
                  await fetch(target + path, { method, mode, credentials: "include" }).then(async answer => answer.type === "opaque" ? 0 : note(path, await answer.text()), () => 0);
                }
              }
              await new Promise(done => {
                const socket = new WebSocket(target.replace("http", "ws") + "/api/v1/events");
                socket.onopen = () => { note("socket", "open"); done(); };
                socket.onerror = done;
              });
              await new Promise(done => {
                const script = document.createElement("script");
                script.src = target + "/console/app.js";
                script.onload = () => { note("script", "loaded"); done(); };
                script.onerror = done;
                document.body.append(script);
              });
              await new Promise(done => {
                const frame = document.createElement("iframe");
                frame.src = target + "/";
                frame.onload = () => { try { if (frame.contentDocument?.getElementById("app")) note("frame", "open"); } catch { } done(); };
                document.body.append(frame);
              });
              await new Promise(done => {
                const frame = document.createElement("iframe");
                frame.name = "sink";
                document.body.append(frame);
                const form = document.createElement("form");
                Object.assign(form, { method: "POST", action: target + "/api/v1/jobs/hello/trigger", target: "sink", enctype: "text/plain" });
                document.body.append(form);
                frame.onload = done;
                form.submit();
              });
              return found;
            }
            """,
            api.Address.ToString().TrimEnd('/')
        );
        Assert.Empty(outcome);
        Assert.Equal(0, home.Get<int>("SELECT (SELECT count(*) FROM triggers) + (SELECT count(*) FROM holds)"));
    }

    [RequiresFact(Need.Browser)]
    public async Task The_user_of_the_daemon_needs_no_key_and_others_are_asked_for_one()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        await using (var mine = await browser.Open(api.Address))
        {
            await mine.Sees(mine.Link("Job list"));
        }

        var key = home.Cli("keys", "add", "guest").Out.Trim();
        await using var page = await browser.Open(api.Address);
        // As if it came through a proxy, it is nobody's in particular.
        await page.Page.SetExtraHTTPHeadersAsync([new(ApiClient.Proxied.Item1, ApiClient.Proxied.Item2)]);
        await page.Reload();
        await page.Sees("A key is needed");
        await page.Page.GetByLabel("Key", new() { Exact = true }).FillAsync("aios_wrong");
        await page.Button("Open the console").ClickAsync();
        await page.Sees("is not known, was revoked, or has expired");
        await page.Page.GetByLabel("Key", new() { Exact = true }).FillAsync(key);
        await page.Button("Open the console").ClickAsync();
        await page.Go("#/jobs", "Jobs");
        await page.Sees(page.Link("hello"));
        // A viewer sees, and is offered nothing else.
        await page.SeesNo(page.Page.GetByRole(AriaRole.Button, new() { Name = "Run hello now" }));
        await page.SeesNo(page.Link("Job list"));
        Assert.DoesNotContain(key, page.Page.Url, StringComparison.Ordinal);
        Assert.Empty(await page.Page.Context.CookiesAsync());

        // It is this tab's, and survives a reload; a revoked one shows nothing more.
        await page.Reload();
        await page.Sees(page.Link("hello"));
        home.Cli("keys", "revoke", "guest").Exits(0);
        await page.Sees("A key is needed");
    }

    /// <summary>A web page of somebody else.</summary>
    private sealed class ForeignSite : IDisposable
    {
        private readonly HttpListener _listener = new();

        public ForeignSite()
        {
            using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Address = new Uri($"http://localhost:{((IPEndPoint)free.LocalEndpoint).Port}/");
            }

            _listener.Prefixes.Add(Address.ToString());
            _listener.Start();
            _ = Serve();
        }

        public Uri Address { get; }

        public void Dispose() => _listener.Close();

        private async Task Serve()
        {
            try
            {
                while (true)
                {
                    var asked = await _listener.GetContextAsync();
                    asked.Response.ContentType = "text/html";
                    asked.Response.Close(Encoding.UTF8.GetBytes("<!doctype html><title>Foreign</title><body>"), willBlock: false);
                }
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
