using System.Text.RegularExpressions;
using Aios.Tests.BlackBox;
using Microsoft.Playwright;

namespace Aios.Tests.WebConsole;

/// <summary>Flows and approvals in a browser, with a real daemon and real flows.</summary>
public sealed class FlowTests(Browser browser) : IClassFixture<Browser>
{
    private const string Jobs = """
        - name: report
          type: trigger
          kwargs: {day: "2026-11-29"}
          steps:
            - name: fetch
              command: [sh, Programs/fetch.sh]
              kwargs: {city: Bonn}
            - {name: stock, shell: "echo in stock", needs: []}
            - {name: check, shell: "echo checked", needs: [fetch, stock]}
            - name: ask
              needs: [check]
              approval: Send the report of ${kwargs.day}?
              show: {orders: "${steps.fetch.result}", changes: "--- a\n+++ b\n@@ -1 +1 @@\n-old price\n+new price\n"}
              fields: {amount: number, city: [Berlin, Bonn], urgent: {type: boolean, default: false}}
            - {name: send, shell: "echo ${steps.ask.result.amount} to ${steps.ask.result.city}", needs: [ask]}
            - {name: clean, shell: "echo cleaned", always: true, needs: [send]}
        - {name: hello, type: trigger, command: ["true"]}
        - name: many
          type: trigger
          steps: [{name: load, each: [1, 2, 3], on_failure: continue, shell: "echo item ${item}; test ${item} != 2"}]
        - name: publish
          type: trigger
          steps: [{name: ask, approval: "Publish?", show: {chart: {picture: chart.png}}}]
        """;

    // Two pixels wide.
    private const string Bar = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR42mMQaDAwaBAAAAVHAYE3/33cAAAAAElFTkSuQmCC";

    private const string Fetch = """
        echo fetching
        while [ ! -e go ]; do sleep 0.05; done
        echo '[{"order": 4711, "customer": "Anna"}, {"order": 4712, "customer": "Bo"}]' > "$AIOS_RESULT"
        """;

    [RequiresFact(Need.Browser)]
    public async Task A_flow_is_drawn_while_it_runs_and_each_step_tells_what_it_did()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        await using var page = await browser.Open(api.Address);
        var flow = home.Insert("report");
        await page.Go("#/jobs/report", "report");
        await page.Sees(page.Section("Flows").GetByRole(AriaRole.Img, new() { NameRegex = new Regex("^6 steps: ") }));
        await page.Section("Flows").GetByRole(AriaRole.Link, new() { Name = $"{flow}" }).ClickAsync();
        await page.Sees(Step(page, "fetch: running"));
        await page.Sees(Step(page, "stock: succeeded"));
        await page.Sees(Step(page, "check: to come; after fetch, stock"));
        await Assertions.Expect(page.Page.Locator(".edge")).ToHaveCountAsync(5, new() { Timeout = 60_000 });
        Assert.True(await IsBefore(page, "fetch", "check") && await IsBefore(page, "check", "ask"), "the order is seen");

        await Step(page, "fetch").ClickAsync();
        await page.Sees(page.Section("fetch").GetByRole(AriaRole.Log).GetByText("fetching"));
        await page.Sees(page.Section("fetch").GetByText("Bonn"));
        File.WriteAllText(home.In("go"), "");
        await page.Sees(page.Section("fetch").GetByRole(AriaRole.Cell, new() { Name = "4711" }));
        await page.Sees(Step(page, "fetch: succeeded"));
        await page.Sees(Step(page, "ask: waiting"));
        await Assertions.Expect(page.Page.Locator(".badge")).ToContainTextAsync("1", new() { Timeout = 60_000 });

        await page.Button("Time").ClickAsync();
        await page.Sees(page.Page.Locator(".gantt rect.fill-good"));
        await page.Sees(page.Page.Locator(".gantt rect.fill-wait"));
        await Step(page, "check").ClickAsync();
        await page.Sees(page.Section("check").GetByText("checked"));
        await page.Button("Close the step").ClickAsync();
        await page.SeesNo(page.Section("check"));

        await page.Button("Cancel").ClickAsync();
        await page.Button("Cancel the flow").ClickAsync();
        home.WaitFor(() => home.Trigger(flow).Status == "canceled", "it is canceled");
        await page.Sees(Step(page, "clean: succeeded"));
        await page.Sees(Step(page, "send: not run"));
        await page.SeesNo(page.Page.Locator(".badge"));
        await Step(page, "check").ClickAsync();
        await page.Button("Retry from here").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await page.Sees(Step(page, "ask: waiting"));
        Assert.Single(home.RunsOf("report/fetch"));
        Assert.Equal(2, home.RunsOf("report/check").Count);
        Assert.Empty(page.Complaints);
    }

    [RequiresFact(Need.Browser)]
    public async Task An_approval_takes_two_taps_on_a_phone_and_none_by_being_opened()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        var flow = Asked(home);
        await using var page = await browser.Open(api.Address, 390, 844);
        await page.Link("1 approval waits").ClickAsync();
        await page.Sees(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Send the report of 2026-11-29?" }));
        await page.Sees(page.Page.GetByRole(AriaRole.Cell, new() { Name = "4712" }));
        await page.Sees(page.Page.Locator(".difference .added", new() { HasText = "+new price" }));
        await page.Reload();
        await page.Go("#/approvals", "Approvals");
        await page.Link("Send the report of 2026-11-29?").ClickAsync();
        await page.Page.GetByLabel("amount").FillAsync("12.5");
        await page.Page.GetByLabel("city").SelectOptionAsync("Bonn");
        Assert.Equal(0, home.Get<int>("SELECT count(*) FROM decisions"));

        await page.Button("Approve").ClickAsync();
        await page.Button("Yes, approve").ClickAsync();
        home.WaitFor(() => home.Trigger(flow).Status == "succeeded", "the flow has gone on to its end");
        await page.Sees(page.Section("Who decided").GetByText("approved"));
        await page.SeesNo(page.Button("Approve"));
        await page.SeesNo(page.Page.Locator(".badge"));
        Assert.Equal(
            """{"amount":12.5,"city":"Bonn","urgent":false}""",
            home.Get<string>("SELECT result FROM steps WHERE flow_id = @1 AND step = 'ask'", flow)
        );
        await page.Link($"report, flow {flow}").ClickAsync();
        await page.Sees(page.Section("ask").GetByText("12.5"));
        Assert.Empty(page.Complaints);
    }

    [RequiresFact(Need.Browser)]
    public async Task Each_item_leads_to_its_run()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        var flow = home.Insert("many");
        home.Closed(flow);
        await using var page = await browser.Open(api.Address);
        await page.Go($"#/flows/{flow}?step=load", $"Flow {flow}");
        var items = page.Page.GetByRole(AriaRole.List, new() { Name = "Items", Exact = true }).GetByRole(AriaRole.Listitem);
        await Assertions.Expect(items).ToHaveCountAsync(3, new() { Timeout = 60_000 });
        await page.Button("Failed").ClickAsync();
        await Assertions.Expect(items).ToHaveCountAsync(1, new() { Timeout = 60_000 });
        await items.GetByRole(AriaRole.Link).ClickAsync();
        await page.Sees(page.Page.GetByRole(AriaRole.Log).GetByText("item 2"));
        Assert.Empty(page.Complaints);
    }

    [RequiresFact(Need.Browser)]
    public async Task A_picture_is_seen()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        File.WriteAllBytes(home.In("chart.png"), Convert.FromBase64String(Bar));
        home.Insert("publish");
        await using var page = await browser.Open(api.Address);
        await page.Link("1 approval waits").ClickAsync();
        var picture = page.Page.GetByRole(AriaRole.Img, new() { Name = "chart", Exact = true });
        await page.Sees(picture);
        Assert.Equal(2, await picture.EvaluateAsync<int>("image => image.naturalWidth"));
        Assert.Empty(page.Complaints);
    }

    [RequiresFact(Need.Browser)]
    public async Task A_rejection_says_why_and_a_retry_asks_anew()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        var flow = Asked(home);
        await using var page = await browser.Open(api.Address);
        await page.Go("#/approvals", "Approvals");
        await page.Link("Send the report of 2026-11-29?").ClickAsync();
        await page.Button("Reject").ClickAsync();
        await page.SeesNo(page.Page.GetByRole(AriaRole.Dialog));
        await page.Page.GetByLabel("Comment").FillAsync("wrong day");
        await page.Button("Reject").ClickAsync();
        await page.Button("Yes, reject").ClickAsync();
        home.WaitFor(() => home.Trigger(flow).Status == "failed", "the flow has failed");
        await page.Sees(page.Section("Who decided").GetByText("wrong day"));
        await page.Go($"#/flows/{flow}", $"Flow {flow}");
        await page.Sees(Step(page, "ask: failed"));
        await page.Button("Retry").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await page.Sees(Step(page, "ask: waiting"));
        Assert.Equal(["rejected", "waiting"], home.Column("SELECT status FROM approvals ORDER BY id"));
        Assert.Empty(page.Complaints);
    }

    [RequiresFact(Need.Browser)]
    public async Task What_has_changed_since_it_was_read_is_shown_and_nothing_is_decided()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        Asked(home);
        await using var page = await browser.Open(api.Address);
        await page.Link("1 approval waits").ClickAsync();
        await page.Sees(page.Section("Your decision"));
        // An event that comes late would have it read again.
        var change = new TaskCompletionSource();
        await page.Page.RouteAsync("**/api/v1/approvals/*", async route =>
        {
            if (route.Request.Method == "GET")
                await change.Task;
            await route.ContinueAsync();
        });
        await page.Page.GetByLabel("amount").FillAsync("1");
        await page.Page.GetByLabel("city").SelectOptionAsync("Bonn");
        Change(home, "none at all");
        await page.Button("Approve").ClickAsync();
        await page.Button("Yes, approve").ClickAsync();
        await page.Sees("has changed since you saw it");
        change.SetResult();
        var notice = page.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "It has changed since you read it" });
        await page.Sees(notice.Locator("ins", new() { HasText = "none at all" }));
        Assert.Equal(0, home.Get<int>("SELECT count(*) FROM decisions"));
        // What is shown now can be decided.
        await page.Page.GetByLabel("amount").FillAsync("1");
        await page.Page.GetByLabel("city").SelectOptionAsync("Bonn");
        await page.Button("Approve").ClickAsync();
        await page.Button("Yes, approve").ClickAsync();
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM decisions") == 1, "it is decided");
        Assert.All(page.Complaints, complaint => Assert.Contains("409", complaint, StringComparison.Ordinal));
    }

    [RequiresFact(Need.Browser)]
    public async Task What_changes_while_it_is_read_is_shown_before_anything_is_decided()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        Asked(home);
        await using var page = await browser.Open(api.Address);
        await page.Link("1 approval waits").ClickAsync();
        await page.Sees(page.Section("Your decision"));
        Change(home, "none at all");
        home.Insert("report"); // The event of its approval has the page read again.
        await page.Sees(page.Page.GetByRole(AriaRole.Alert).GetByText("It has changed since you read it"));
    }

    [RequiresFact(Need.Browser)]
    public async Task A_flow_is_followed_and_decided_with_the_keyboard_alone()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        var flow = Asked(home);
        await using var page = await browser.Open(api.Address);
        await page.Go($"#/flows/{flow}", $"Flow {flow}");
        await page.Sees(Step(page, "ask: waiting"));
        await page.Press("ask: waiting; after check");
        await page.Sees(page.Link("Answer it"));
        await page.Page.Keyboard.PressAsync("Escape");
        await page.SeesNo(page.Link("Answer it"));
        Assert.Equal("ask", await page.Page.EvaluateAsync<string>("document.activeElement.dataset.step"));
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Sees(page.Link("Answer it"));
        await page.Press("Answer it");
        await page.Sees(page.Section("Your decision"));
        await page.Tab("amount");
        await page.Page.Keyboard.TypeAsync("3");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.TypeAsync("Berlin");
        await page.Press("Approve");
        await page.Sees(page.Page.GetByRole(AriaRole.Dialog));
        await page.Press("Yes, approve");
        home.WaitFor(() => home.Trigger(flow).Status == "succeeded", "it has gone on");
    }

    [RequiresFact(Need.Browser)]
    public async Task Who_may_only_see_is_offered_no_decision()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        Asked(home);
        var viewer = home.Cli("keys", "add", "guest").Out.Trim();
        var approver = home.Cli("keys", "add", "anna", "--role", "approver").Out.Trim();
        await using var page = await browser.Open(api.Address);
        await page.Page.SetExtraHTTPHeadersAsync([new(ApiClient.Proxied.Item1, ApiClient.Proxied.Item2)]);
        await page.Reload();
        await Enter(page, viewer);
        await page.Link("1 approval waits").ClickAsync();
        await page.Sees("To decide takes the role");
        await page.SeesNo(page.Button("Approve"));
        await page.Button("Forget the key").ClickAsync();
        await Enter(page, approver);
        await page.Sees(page.Button("Approve"));
        await page.SeesNo(page.Link("Job list"));
    }

    [RequiresFact(Need.Browser)]
    public async Task The_editor_completes_fields_of_jobs_and_steps_and_checks_them()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        await using var page = await browser.Open(api.Address);
        await page.Go("#/edit", "Job list");
        await page.Sees(page.Section("What a job can say"));
        var text = page.Page.GetByLabel("Text of jobs.yaml");
        await text.FillAsync("");
        await page.Page.Keyboard.TypeAsync("- name: a\ntyp");
        await page.Sees(page.Page.GetByRole(AriaRole.Option, new() { Name = "type" }));
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.TypeAsync("tri");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.TypeAsync("\nsteps:\n  - name: first\nshell: \"true\"\n");
        await page.Page.Keyboard.PressAsync("Shift+Tab");
        await page.Page.Keyboard.TypeAsync("- name: second\nnee");
        await page.Sees(page.Section("What a step can say"));
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Keyboard.TypeAsync("fi");
        await page.Page.Keyboard.PressAsync("Tab");
        await Assertions
            .Expect(text)
            .ToHaveValueAsync(
                "- name: a\n  type: trigger\n  steps:\n    - name: first\n      shell: \"true\"\n    - name: second\n      needs: first",
                new() { Timeout = 60_000 }
            );
        await page.Sees(page.Section("What is wrong").GetByText("second"));
        Assert.Empty(page.Complaints);
    }

    private static void Change(AiosHome home, string orders) =>
        home.Execute("UPDATE approvals SET digest = 'another', shown = json_set(shown, '$.orders', @1)", orders);

    private static async Task Enter(BrowserPage page, string key)
    {
        await page.Sees("A key is needed");
        await page.Page.GetByLabel("Key", new() { Exact = true }).FillAsync(key);
        await page.Button("Open the console").ClickAsync();
    }

    private static ILocator Step(BrowserPage page, string name) =>
        page.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^" + Regex.Escape(name) + "\\b") });

    private static async Task<bool> IsBefore(BrowserPage page, string first, string second)
    {
        var a = await page.Page.Locator($".step[data-step={first}]").BoundingBoxAsync();
        var b = await page.Page.Locator($".step[data-step={second}]").BoundingBoxAsync();
        return a!.X + a.Width <= b!.X || a.Y + a.Height <= b.Y;
    }

    // A flow that waits for a person.
    private static long Asked(AiosHome home)
    {
        File.WriteAllText(home.In("go"), "");
        var flow = home.Insert("report");
        home.WaitFor(() => home.Column("SELECT status FROM approvals") is ["waiting"], "it asks");
        return flow;
    }

    private static AiosHome Home()
    {
        var home = new AiosHome(Jobs);
        home.WriteProgram("fetch.sh", Fetch);
        return home;
    }
}
