using Aios.Tests.BlackBox;
using Microsoft.Playwright;

namespace Aios.Tests.WebConsole;

/// <summary>A person with a browser goes through all views and does what can be done there.</summary>
public sealed class WalkTests(Browser browser) : IClassFixture<Browser>
{
    private const string Jobs = """
        - name: greet
          type: trigger
          description: Says hello
          command: ["sh", "Programs/greet.sh"]
          kwargs: {name: Ada, times: 2, loud: false}
        - {name: broken, type: trigger, command: ["sh", "-c", "echo all is lost >&2; exit 3"]}
        - {name: patient, type: trigger, command: ["sh", "-c", "echo waiting; sleep 600"], grace: 1s}
        - {name: far, type: trigger, tags: [moon], command: ["true"]}
        - {name: early, type: daily, time: "04:00", timezone: UTC, command: ["true"]}
        - {name: bot, type: always, command: ["sh", "-c", "echo bot is up; sleep 600"], grace: 1s}
        """;

    private const string Greet =
        "#!/bin/sh\nprintf '\\033[32mgreen\\033[0m words\\n'\nprintf 'a warning\\n' >&2\n\"$AIOS_EXE\" progress 40% counting\necho "
        + "'{\"greeted\": 2}' > \"$AIOS_RESULT\"\n";

    [RequiresFact(Need.Browser)]
    public async Task A_job_is_run_from_a_form_watched_and_run_again()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        await using var page = await browser.Open(api.Address);
        await page.Sees("All is well");
        await page.Go("#/jobs/greet", "greet");
        await page.Sees("Says hello");
        await page.Sees("It has not run yet");

        await page.Button("Run now").ClickAsync();
        var form = page.Page.GetByRole(AriaRole.Dialog);
        await form.GetByLabel("name", new() { Exact = true }).FillAsync("Grace");
        await form.GetByLabel("times", new() { Exact = true }).FillAsync("3");
        await form.GetByRole(AriaRole.Combobox, new() { Name = "loud", Exact = true }).SelectOptionAsync("yes");
        await form.GetByRole(AriaRole.Button, new() { Name = "Run it" }).ClickAsync();
        await page.Sees("is queued and starts as soon as a slot is free");
        home.WaitFor(() => home.RunsOf("greet") is [{ Status: "succeeded" }], "it has run");
        Assert.Equal(
            """{"name":"Grace","times":3,"loud":true}""",
            home.Get<string>("SELECT kwargs FROM triggers WHERE job_name = 'greet'")
        );

        // Without a reload the history has it.
        await page.Section("Runs").GetByRole(AriaRole.Link).First.ClickAsync();
        await page.Sees("green words");
        Assert.Equal("ansi-2", await page.Page.GetByText("green", new() { Exact = true }).GetAttributeAsync("class"));
        await page.Button("Warnings").ClickAsync();
        await page.SeesNo(page.Page.GetByText("green words"));
        await page.Sees("a warning");
        await page.Button("All").ClickAsync();
        await page.Page.GetByLabel("Find in the log").FillAsync("WORDS");
        await page.Sees("1 of 2 lines");
        await page.Sees(page.Page.Locator("mark", new() { HasText = "words" }));

        await page.Button("Run the same again").ClickAsync();
        home.WaitFor(() => home.RunsOf("greet").Count == 2, "it has run again");
        Assert.Equal(1, home.Get<int>("SELECT count(DISTINCT kwargs) FROM triggers WHERE job_name = 'greet'"));
        Assert.Empty(page.Complaints);
    }

    [RequiresFact(Need.Browser)]
    public async Task What_runs_is_seen_at_once_and_can_be_stopped_paused_and_resumed()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        await using var page = await browser.Open(api.Address);
        await page.Sees(page.Section("Running now").GetByRole(AriaRole.Link, new() { Name = "bot", Exact = true }));
        var slow = home.Insert("patient");
        await page.Section("Running now").GetByRole(AriaRole.Link, new() { Name = "patient", Exact = true }).ClickAsync();
        await page.Sees(page.Page.GetByRole(AriaRole.Log).GetByText("waiting"));
        await page.Button("Stop").ClickAsync();
        await page.Button("Stop the run").ClickAsync();
        home.WaitFor(() => home.Trigger(slow).Status == "canceled", "it is stopped");
        await page.Sees(page.Button("Run the same again"));

        await page.Go("#/jobs/bot", "bot");
        await page.Button("Restart").ClickAsync();
        home.WaitFor(() => home.RunsOf("bot").Count == 2, "it was restarted");
        await page.Button("Stop").ClickAsync();
        await page.Button("Stop it").ClickAsync();
        home.WaitFor(() => home.Column("SELECT kind FROM holds") is ["stopped"], "it is stopped");
        await page.Button("Resume").ClickAsync();
        home.WaitFor(() => home.Column("SELECT kind FROM holds") is [], "it may run");
        await page.Button("Pause").ClickAsync();
        await page.Sees(page.Button("Resume"));
        home.WaitFor(() => home.Column("SELECT kind FROM holds") is ["paused"], "it is paused");
        await page.Go("#/jobs?show=held", "Jobs");
        await page.Sees(page.Link("bot"));
        await page.SeesNo(page.Link("greet"));
        Assert.Empty(page.Complaints);
    }

    [RequiresFact(Need.Browser)]
    public async Task What_failed_what_waits_what_comes_and_who_did_it_is_told()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        await using var page = await browser.Open(api.Address);
        home.Closed(home.Insert("broken"));
        await page.Sees("1 job needs a look");
        await page.Sees(page.Section("Needs attention").GetByText("exit status 3"));
        await page.Sees(page.Section("Next").GetByRole(AriaRole.Link, new() { Name = "early" }));
        await page.Sees("it has failed once since today");
        Assert.DoesNotContain("UTC", await page.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Go("#/jobs/broken", "broken");
        await page.Sees("it has failed once since today");
        Assert.DoesNotContain("UTC", await page.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        var far = home.Insert("far");
        await page.Go("#/queue", "Queue");
        await page.Sees("the tag moon");
        await page.Button($"Take back trigger {far} of far").ClickAsync();
        home.WaitFor(() => home.Trigger(far).Status == "canceled", "it is taken back");
        await page.Sees("Nothing is waiting");

        await page.Go("#/timeline", "Timeline");
        await page.Sees(page.Page.GetByRole(AriaRole.Img, new() { Name = "broken: 1 run, 1 failed" }));
        await page.Go("#/devices", "Devices");
        await page.Sees("Last sign of life");
        await page.Go("#/audit", "Audit");
        await page.Sees("took back a request");
        await page.Go("#/nowhere", "Nothing is here");
        Assert.Empty(page.Complaints);
    }

    [RequiresFact(Need.Browser)]
    public async Task The_job_list_is_checked_as_one_writes_and_saved_over_nobody()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        await using var page = await browser.Open(api.Address);
        await page.Go("#/edit", "Job list");
        var text = page.Page.GetByLabel("Text of jobs.yaml");
        await text.FillAsync(Jobs + "\n- {name: fresh, type: cron, crom: \"0 9 * * MON\", command: [\"true\"]}\n");
        await page.Sees("Did you mean \"cron\"?");
        Assert.True(await page.Button("Save").IsDisabledAsync());
        await text.FillAsync(Jobs + "\n- {name: fresh, type: trigger, file: gone.sh}\n");
        await page.Sees("7 jobs, 1 warning");
        Assert.False(await page.Button("Save").IsDisabledAsync());
        var good = Jobs + "\n- {name: fresh, type: cron, cron: \"0 9 * * MON\", timezone: Europe/Berlin, command: [\"true\"]}\n";
        await text.FillAsync(good);
        await page.Sees(page.Section("When these would run").GetByText("09:00"));
        await page.Sees("7 jobs, no mistakes");
        await page.Button("Save").ClickAsync();
        await page.Sees("is saved and comes into force at once");
        Assert.Equal(good, File.ReadAllText(home.In("Jobs", "jobs.yaml")));
        await page.Go("#/jobs/fresh", "fresh");

        // Somebody else saves it meanwhile.
        await page.Go("#/edit", "Job list");
        await text.FillAsync(good + "# mine\n");
        home.ReplaceJobs(good + "# theirs\n");
        await page.Button("Save").ClickAsync();
        await page.Sees("This file was changed elsewhere");
        await page.Button("Take theirs, drop mine").ClickAsync();
        await Assertions.Expect(text).ToHaveValueAsync(good + "# theirs\n", new() { Timeout = 60_000 });
        Assert.Equal(good + "# theirs\n", File.ReadAllText(home.In("Jobs", "jobs.yaml")));
        Assert.All(page.Complaints, complaint => Assert.Contains("412", complaint, StringComparison.Ordinal));
    }

    [RequiresFact(Need.Browser)]
    public async Task The_editor_keeps_the_indentation_and_shows_what_is_out_of_line()
    {
        using var home = Home();
        File.WriteAllText(home.In("Jobs", "other.yaml"), "# the second file\n- name: second\n  type: trigger\n  command: [\"true\"]\n");
        using var api = ApiClient.Start(home);
        await using var page = await browser.Open(api.Address);
        await page.Go("#/jobs/second", "second");
        await page.Link("Edit it").ClickAsync();
        var text = page.Page.GetByLabel("Text of other.yaml");
        await Assertions.Expect(text).ToBeFocusedAsync(new() { Timeout = 60_000 });
        await page.Page.Keyboard.TypeAsync("# before\n");
        await Has("# the second file\n# before\n- name: second\n  type: trigger\n  command: [\"true\"]\n");

        await text.FillAsync("");
        await page.Page.Keyboard.TypeAsync("- name: a\ntype: trigger\nkwargs:");
        await Has("- name: a\n  type: trigger\n  kwargs:");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.TypeAsync("city: Berlin\ndays: 7\n");
        await page.Page.Keyboard.PressAsync("Shift+Tab");
        await page.Page.Keyboard.TypeAsync("command: [date]");
        await Has("- name: a\n  type: trigger\n  kwargs:\n    city: Berlin\n    days: 7\n  command: [date]");

        // A selection is indented line by line, and the browser undoes it.
        await text.EvaluateAsync("area => area.setSelectionRange(12, 30)");
        await page.Page.Keyboard.PressAsync("Tab");
        await Has("- name: a\n    type: trigger\n    kwargs:\n    city: Berlin\n    days: 7\n  command: [date]");
        await page.Sees(page.Page.Locator(".excerpt"));
        await page.Page.Keyboard.PressAsync("Control+z");
        await Has("- name: a\n  type: trigger\n  kwargs:\n    city: Berlin\n    days: 7\n  command: [date]");

        await text.FillAsync("- name: a\n  type: trigger\n   command: [date]\n");
        await page.Sees("this line is indented by 1 space more than the field above it, on line 2");
        await page.Sees(page.Page.Locator(".excerpt").GetByText("^ 1 space more"));

        // Who has no mouse gets out.
        await text.FocusAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(text).Not.ToBeFocusedAsync(new() { Timeout = 60_000 });
        await Has("- name: a\n  type: trigger\n   command: [date]\n");
        Assert.Empty(page.Complaints);

        Task Has(string expected) => Assertions.Expect(text).ToHaveValueAsync(expected, new() { Timeout = 60_000 });
    }

    [RequiresFact(Need.Browser)]
    public async Task Language_models_are_set_up_from_the_page_and_each_call_is_explained()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        await using var page = await browser.Open(api.Address);
        await page.Go("#/models", "Models");
        await page.Sees("There are no language models yet");
        await page.Link("Begin with a starter file").ClickAsync();
        var text = page.Page.GetByLabel("Text of models.yaml");
        await page.Sees("1 model, 1 route, no mistakes");
        var starter = await text.InputValueAsync();
        await text.FillAsync(starter.Replace("per: 1mo", "per: 1moon", StringComparison.Ordinal));
        await page.Sees(page.Section("What is wrong").GetByText("1moon"));
        Assert.True(await page.Button("Save").IsDisabledAsync());
        await text.FillAsync(starter + "  tiny:\n");
        await page.Page.Keyboard.TypeAsync("    li");
        await page.Sees(page.Page.GetByRole(AriaRole.Option, new() { Name = "limit" }));
        await text.FillAsync(starter);
        await page.Sees("1 model, 1 route, no mistakes");
        await page.Button("Save").ClickAsync();
        await page.Sees("models.yaml is saved and comes into force at once");
        Assert.Equal(starter, File.ReadAllText(home.In("models.yaml")));

        home.Closed(home.Insert("greet"));
        var run = home.RunsOf("greet")[0].Id;
        home.Execute(
            """
            INSERT INTO calls (id, call, attempt, created, run_id, job_name, route, kind, model, provider, why, outcome, reason,
                input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens, images, counted, cost, reserved)
            VALUES (7, 7, 1, @1, @2, 'greet', 'default', 'chat', 'llama', 'local', NULL, 'failed', 'status 500', 0, 0, 0, 0, 0, 0,
                'provider', 0, 0.5), (8, 7, 2, @1, @2, 'greet', 'default', 'chat', 'mini', 'openai',
                '{"strategy": "order", "models": [{"model": "mini", "note": "asked: it answered"}]}', 'ok', NULL, 900, 80, 70, 0, 0, 0,
                'provider', 0.25, 0.5)
            """,
            AiosHome.Now(),
            run
        );
        await page.Go("#/models", "Models");
        await page.Sees(page.Section("Budgets").GetByText("$20.00 a month"));
        await page.Sees(page.Section("By job").GetByText("greet"));
        await page.Sees(page.Section("By model").GetByText("$0.25"));
        await page.Go($"#/runs/{run}", $"Run {run}");
        await page.Sees(page.Section("Calls to language models").GetByText("2 attempts, $0.25"));
        await page.Section("Calls to language models").GetByRole(AriaRole.Link, new() { Name = "8", Exact = true }).ClickAsync();
        await page.Sees(page.Section("Why this model").GetByText("asked: it answered"));
        await page.Sees(page.Section("Attempt 1").GetByText("status 500"));
        await page.Sees(page.Section("Attempt 2").GetByText("Cached input"));
        await page.Go("#/audit", "Audit");
        await page.Sees("saved models.yaml");
        Assert.Empty(page.Complaints);
    }

    [RequiresFact(Need.Browser)]
    public async Task Runs_are_in_the_menu_and_jobs_are_found_by_what_they_do()
    {
        using var home = Home();
        using var api = ApiClient.Start(home);
        home.Closed(home.Insert("broken"));
        await using var page = await browser.Open(api.Address, 390, 844);
        await page.Sees("needs a look");
        await page.Link("Runs").ClickAsync();
        await page.Sees(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Runs" }));
        // On a phone the reason is seen without scrolling to the side.
        await Assertions
            .Expect(page.Page.GetByText("all is lost").Or(page.Page.GetByText("exit status 3")).First)
            .ToBeInViewportAsync(new() { Timeout = 60_000 });
        await page.Page.GetByLabel("Show").SelectOptionAsync("succeeded");
        await page.Sees("No such runs");
        await page.Go("#/jobs", "Jobs");
        await page.Page.GetByLabel("Find jobs").FillAsync("hello says");
        await page.Sees(page.Link("greet"));
        await page.SeesNo(page.Link("broken"));
    }

    [RequiresFact(Need.Browser)]
    public async Task A_daemon_that_goes_and_comes_back_is_told_and_nothing_is_missed()
    {
        using var home = Home();
        var first = home.Start("--listen", "127.0.0.1:0");
        Uri address;
        using (var api = ApiClient.Of(first))
            address = api.Address;
        await using var page = await browser.Open(address);
        await page.Sees("All is well");
        first.Stop();
        await page.Sees("The daemon cannot be reached.");
        using var again = ApiClient.Of(home.Start("--listen", $"127.0.0.1:{address.Port}"));
        home.Closed(home.Insert("broken"));
        await page.Sees("1 job needs a look");
        await page.SeesNo(page.Page.GetByText("The daemon cannot be reached."));
    }

    [RequiresFact(Need.Browser)]
    public async Task A_home_without_jobs_says_what_to_do_next()
    {
        using var home = new AiosHome();
        using var api = ApiClient.Start(home);
        await using var page = await browser.Open(api.Address);
        await page.Sees("There are no jobs yet");
        await page.Link("Write the first one").ClickAsync();
        await page.Page.GetByLabel("Text of jobs.yaml").FillAsync("- {name: first, type: trigger, command: [\"true\"]}\n");
        await page.Button("Save").ClickAsync();
        await page.Sees("is saved and comes into force at once");
        await page.Go("#/jobs", "Jobs");
        await page.Sees(page.Link("first"));
        Assert.Empty(page.Complaints);
    }

    private static AiosHome Home()
    {
        var home = new AiosHome(Jobs);
        home.WriteProgram("greet.sh", Greet);
        return home;
    }
}
