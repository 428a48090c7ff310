using Aios.Tests.BlackBox;
using Microsoft.Playwright;

namespace Aios.Tests.WebConsole;

/// <summary>The editor asks before it saves a job list with rights that are new.</summary>
public sealed class ConfirmTests(Browser browser) : IClassFixture<Browser>
{
    private const string Jobs = "- {name: hello, type: trigger, command: [\"true\"]}\n";
    private const string Risky = Jobs + "- {name: open, type: trigger, image: alpine, network: host, command: [\"true\"]}\n";

    [RequiresFact(Need.Browser)]
    public async Task The_name_of_the_file_is_typed()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        await using var page = await browser.Open(api.Address);
        await Write(page);
        await page.Button("Save").ClickAsync();
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await page.Sees(dialog.GetByText("network: host"));
        Assert.Empty(await page.AccessibilityDefects());
        var confirm = dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true });
        await Assertions.Expect(confirm).ToBeDisabledAsync();
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("jobs.yml");
        await Assertions.Expect(confirm).ToBeDisabledAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "No, leave it" }).ClickAsync();
        await page.SeesNo(dialog);
        Assert.Equal(Jobs, File.ReadAllText(home.In("Jobs", "jobs.yaml")));

        await page.Button("Save").ClickAsync();
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("jobs.yaml");
        await confirm.ClickAsync();
        await page.Sees("is saved and comes into force at once");
        Assert.Equal(Risky, File.ReadAllText(home.In("Jobs", "jobs.yaml")));
        Assert.All(page.Complaints, complaint => Assert.Contains("428", complaint, StringComparison.Ordinal));
    }

    [RequiresFact(Need.Browser)]
    public async Task Another_person_approves_it()
    {
        using var home = new AiosHome(Jobs);
        File.WriteAllText(home.In("aios.yaml"), "confirm: {risky_jobs: other}\n");
        using var api = ApiClient.Start(home);
        var boss = ("Authorization", $"Bearer {home.Cli("keys", "add", "boss", "--role", "approver").Exits(0).Out.Trim()}");
        await using var page = await browser.Open(api.Address);
        await Write(page);
        await page.Button("Save").ClickAsync();
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await page.Sees(dialog.GetByText("Another person must approve that"));
        var now = dialog.GetByRole(AriaRole.Button, new() { Name = "Do it now" });
        await Assertions.Expect(now).ToBeDisabledAsync();
        Assert.Empty(await page.AccessibilityDefects());

        // The asker reads it, and does not decide.
        await dialog.GetByRole(AriaRole.Link, new() { Name = "Approval 1" }).ClickAsync();
        await page.Sees("You asked for it, so another person must decide");
        await page.SeesNo(page.Button("Approve"));
        await page.Go("#/approvals", "Approvals");
        await page.Sees(page.Page.GetByText("Save jobs.yaml with rights for open?"));

        await page.Go("#/edit", "Job list");
        await page.Button("Save").ClickAsync();
        await page.Sees(dialog.GetByText("Another person must approve that"));
        var digest = api.Get("approvals/1", boss).Expect(200)["digest"].GetString();
        api.Post("approvals/1", $$"""{"decision": "approve", "digest": "{{digest}}"}""", boss).Expect(200);
        await Assertions.Expect(now).ToBeEnabledAsync(new() { Timeout = 60_000 });
        await now.ClickAsync();
        await page.Sees("is saved and comes into force at once");
        Assert.Equal(Risky, File.ReadAllText(home.In("Jobs", "jobs.yaml")));
        Assert.All(page.Complaints, complaint => Assert.Contains("428", complaint, StringComparison.Ordinal));
    }

    private static async Task Write(BrowserPage page)
    {
        await page.Go("#/edit", "Job list");
        await page.Page.GetByLabel("Text of jobs.yaml").FillAsync(Risky);
        await page.Sees("2 jobs");
    }
}
