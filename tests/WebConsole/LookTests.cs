using Aios.Tests.BlackBox;
using Microsoft.Playwright;

namespace Aios.Tests.WebConsole;

/// <summary>
/// Each view, at each width and in both colours: an accessibility checker finds nothing serious. Pictures of them are made on
/// demand.
/// </summary>
public sealed class LookTests(Browser browser) : IClassFixture<Browser>
{
    private const string Jobs = """
        # The jobs of this computer.
        - name: website_watch
          type: interval
          interval: 5m
          description: Asks the web site whether it is well
          command: ["sh", "-c", "echo Asked https://example.org: 200 in 84 ms"]
        - name: photo_backup
          type: daily
          time: "21:30"
          description: Copies new photos to the disk in the cupboard
          command: ["sh", "-c", "echo 12 photos copied"]
          retries: 2
        - name: convert_videos
          type: trigger
          description: Makes videos small enough for the telephone
          command: ["sh", "Programs/convert.sh"]
          args: ["holiday.mov"]
          kwargs: {quality: 0.8, size: 720p, keep_original: true}
        - name: nightly_report
          type: cron
          cron: "0 3 * * *"
          timezone: Europe/Berlin
          command: ["sh", "-c", "echo report"]
        - name: database_check
          type: trigger
          description: Looks whether the tables are whole
          command: ["sh", "-c", "echo 'Connecting to db.local'; printf '\\033[31mERROR\\033[0m connection refused\\n' >&2; exit 3"]
        - name: chat_bot
          type: always
          description: Answers in the family chat
          command: ["sh", "Programs/bot.sh"]
        - {name: train_model, type: trigger, tags: [gpu], description: Needs the machine with the graphics card, command: ["true"]}
        - {name: disk_cleanup, type: idle, command: ["true"]}
        - name: month_end
          type: trigger
          description: Checks the books, asks, sends the report, cleans up
          kwargs: {month: November}
          steps:
            - {name: fetch_orders, shell: "echo '[{\"order\": 4711, \"customer\": \"Anna Weber\", \"amount\": 120.5}, {\"order\": 4712, \"customer\": \"Bo Li\", \"amount\": 80}]' > $AIOS_RESULT", needs: []}
            - {name: fetch_stock, shell: "echo 812 articles", needs: []}
            - {name: check, shell: "echo both agree", needs: [fetch_orders, fetch_stock]}
            - {name: resize_pictures, each: [a, b, c, d], shell: "test ${item} != c", on_failure: continue, needs: [fetch_orders]}
            - name: ask
              approval: Send the report of ${kwargs.month}?
              show: {orders: "${steps.fetch_orders.result}", prices: "--- a/prices.txt\n+++ b/prices.txt\n@@ -1,2 +1,2 @@\n-apple 1.20\n+apple 1.35\n pear 2.00\n", note: All figures are of the evening.}
              fields: {amount: number, send_to: [everybody, "the board"]}
              expires: 3d
              needs: [check, resize_pictures]
            - {name: send, shell: echo sent, recover: [{step: send_by_mail}], needs: [ask]}
            - {name: send_by_mail, shell: echo mailed}
            - {name: clean_up, shell: echo clean, always: true, needs: [send]}
        """;

    private const string Models = """
        providers:
          ollama: {kind: openai, url: "http://127.0.0.1:11434/v1"}
          openai: {kind: openai, key: "env:OPENAI_API_KEY"}
        models:
          llama: {provider: ollama, name: "llama3.2:3b", price: free}
          mini: {provider: openai, name: gpt-4o-mini, price: {input: 0.15, cached_input: 0.075, output: 0.60}}
        routes:
          default: [llama, mini]
        budgets:
          all: {limit: 20.00, per: 1mo}
          each-day: {limit: 1.50, per: 1d}
          each-job: {limit: 2.00, per: 1mo, of: job, on_excess: downgrade}
        """;

    // Texts that are drawn over one another, each by the words of both; "" if there are none.
    private const string Overlaps = """
        (() => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const texts = [];
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const parent = node.parentElement;
            if (node.data.trim() === "" || !parent.checkVisibility({ visibilityProperty: true }) || parent.closest(".hidden, .skip, .toasts, .log, select, .side, thead, details:not([open]) > :not(summary)")) continue;
            const range = document.createRange();
            range.selectNodeContents(node);
            for (const box of range.getClientRects()) {
              const clip = parent.closest(".clip, .gutter, .editor, .fields, .preview, .day-axis, .long > li, pre")?.getBoundingClientRect();
              const right = Math.min(box.right, clip?.right ?? Infinity), bottom = Math.min(box.bottom, clip?.bottom ?? Infinity);
              const left = Math.max(box.left, clip?.left ?? 0), top = Math.max(box.top, clip?.top ?? -1e9);
              if (right - left > 1 && bottom - top > 1) texts.push({ words: node.data.trim().slice(0, 40), left, right, top, bottom, node });
            }
          }
          const found = [];
          for (const [place, a] of texts.entries()) for (const b of texts.slice(place + 1)) {
            if (a.node === b.node || a.node.parentElement.closest(".day-axis") !== b.node.parentElement.closest(".day-axis")) continue;
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide > 2 && tall > 5) found.push(`"${a.words}" and "${b.words}"`);
          }
          return found.join(", ");
        })()
        """;

    private const string Convert = "\"$AIOS_EXE\" progress 62% 'frame 1488 of 2400'\necho 'frame 1488 of 2400'\nexec sleep 600\n";
    private const string Bot =
        "for i in 1 2 3 4 5 6 7 8; do printf '\\033[32mok\\033[0m answered \\033[1mmessage %s\\033[0m in \\033[36m12 ms\\033[0m\\n' $i; "
        + "done\nexec sleep 600\n";

    [RequiresTheory(Need.Browser)]
    [InlineData("desktop", "light")]
    [InlineData("desktop", "dark")]
    [InlineData("phone", "light")]
    [InlineData("phone", "dark")]
    public async Task Nothing_serious_is_found_in_any_view(string device, string scheme)
    {
        using var home = new AiosHome(Jobs);
        home.WriteProgram("convert.sh", Convert);
        home.WriteProgram("bot.sh", Bot);
        File.WriteAllText(home.In("models.yaml"), Models);
        var daemon = home.Start("--listen", "127.0.0.1:0");
        using var api = ApiClient.Of(daemon);
        var (bot, flow) = Past(home);
        var (width, height) = device == "phone" ? (390, 844) : (1280, 860);
        await using var page = await browser.Open(api.Address, width, height, scheme);
        foreach (var (name, hash, heading, sign) in Views(bot, flow))
        {
            await page.Go(hash, heading);
            await page.Sees(page.Page.Locator(sign));
            await page.Picture($"{name}-{device}-{scheme}");
            var defects = await page.AccessibilityDefects();
            Assert.True(defects.Count == 0, $"{name}: {string.Join("\n", defects)}");
            Assert.False(
                await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"),
                $"{name} is wider than a {device}"
            );
            Assert.Equal("", await page.Page.EvaluateAsync<string>(Overlaps));
            if (device == "phone")
                Assert.True(
                    await page.Page.EvaluateAsync<bool>(
                        "[...document.querySelectorAll('.scroll')].every(box => box.scrollWidth <= box.clientWidth + 1)"
                    ),
                    $"{name}: a table is wider than its card"
                );
        }

        await page.Go("#/jobs/convert_videos", "convert_videos");
        await page.Button("Run now").ClickAsync();
        await page.Sees(page.Page.GetByRole(AriaRole.Dialog));
        await page.Picture($"form-{device}-{scheme}");
        Assert.Empty(await page.AccessibilityDefects());
        Assert.Empty(page.Complaints);

        await page.Go("#/", "needs a look");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        daemon.Kill();
        await page.Sees("The daemon cannot be reached.");
        await page.Picture($"gone-{device}-{scheme}");
        Assert.Empty(await page.AccessibilityDefects());
    }

    [RequiresFact(Need.Browser)]
    public async Task Everything_can_be_reached_with_the_keyboard_alone()
    {
        using var home = new AiosHome("""- {name: hello, type: trigger, command: ["true"]}""");
        using var api = ApiClient.Start(home);
        await using var page = await browser.Open(api.Address);
        await page.Sees("All is well");
        await page.Press("Skip to the content");
        await page.Press("Jobs");
        await page.Sees(page.Link("hello"));
        await page.Press("hello");
        await page.Sees("It has not run yet");
        await page.Press("Run now");
        await page.Sees("Run hello");
        await page.Press("Run it");
        home.WaitFor(() => home.RunsOf("hello").Count == 1, "it has run");
        await page.Press("Pause");
        home.WaitFor(() => home.Column("SELECT kind FROM holds") is ["paused"], "it is paused");
    }

    private static (string Name, string Hash, string Heading, string Sign)[] Views(long bot, long flow) =>
        [
            ("overview", "#/", "needs a look", "#health-title"),
            ("jobs", "#/jobs", "Jobs", ".job-row"),
            ("job", "#/jobs/website_watch", "website_watch", ".chart rect"),
            ("failed-job", "#/jobs/database_check", "database_check", "td"),
            ("runs", "#/runs", "Runs", "td"),
            ("run", $"#/runs/{bot}", "Run", ".log .line:nth-child(8)"),
            ("flows", "#/flows", "Flows", "td"),
            ("flow", $"#/flows/{flow}", "Flow", ".graph .step"),
            ("flow-step", $"#/flows/{flow}?step=check", "Flow", ".step-panel .log .line"),
            ("flow-time", $"#/flows/{flow}?view=time", "Flow", ".gantt rect"),
            ("flow-job", "#/jobs/month_end", "month_end", ".step-bar"),
            ("approvals", "#/approvals", "Approvals", ".cards a"),
            ("approval", "#/approvals/1", "Send the report", ".answer"),
            ("timeline", "#/timeline", "Timeline", ".day-row path.fill-good"),
            ("queue", "#/queue", "Queue", "#queue-waiting ~ ul"),
            ("models", "#/models", "Models", "#calls-title ~ .scroll td"),
            ("call", "#/models/41", "Call 41", "#attempt-42"),
            ("devices", "#/devices", "Devices", ".card dl"),
            ("audit", "#/audit", "Audit", "td"),
            ("edit", "#/edit", "Job list", "#preview-title"),
        ];

    // A day that has been going on for a while.
    private static (long Bot, long Flow) Past(AiosHome home)
    {
        home.WaitFor(
            () => home.RunsOf("chat_bot") is [{ Pid: not null }] && home.RunsOf("website_watch") is [{ Status: "succeeded" }],
            "they run"
        );
        home.Execute(
            """
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 150)
            INSERT INTO runs (id, trigger_id, job_name, attempt, status, reason, device, boot_id, started, ended)
            SELECT 100000 + n, 100000 + n, CASE WHEN n % 10 = 3 THEN 'photo_backup' ELSE 'website_watch' END, 1, CASE WHEN n % 37 = 5 THEN 'failed' ELSE 'succeeded' END, CASE WHEN n % 37 = 5 THEN 'exit status 1' END,
                device, boot_id, @1 - (151 - n) * 480, @1 - (151 - n) * 480 + 20 + n * 7 % 90
            FROM numbers, (SELECT device, boot_id FROM runs LIMIT 1)
            """,
            AiosHome.Now()
        );
        home.Execute(
            "INSERT OR REPLACE INTO jobs (job_name, status, device, last_update, run_id) SELECT job_name, 'completed', device, ended, id "
                + "FROM runs WHERE id IN (SELECT max(id) FROM runs WHERE id > 100000 GROUP BY job_name)"
        );
        home.Execute(
            """
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 42)
            INSERT INTO calls (id, call, attempt, created, run_id, job_name, caller, route, kind, model, provider, why, outcome, reason,
                input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens, images, counted, price, cost,
                reserved, first_token, duration)
            SELECT n, CASE n WHEN 42 THEN 41 ELSE n END, CASE n WHEN 42 THEN 2 ELSE 1 END, @1 - (42 - n) * 43200,
                CASE WHEN n % 3 = 0 THEN NULL ELSE 1 END, CASE n % 3 WHEN 1 THEN 'nightly_report' WHEN 2 THEN 'chat_bot' END,
                CASE n % 3 WHEN 0 THEN 'key telephone' END, 'default', 'chat', CASE n % 2 WHEN 1 THEN 'llama' ELSE 'mini' END,
                CASE n % 2 WHEN 1 THEN 'ollama' ELSE 'openai' END,
                '{"strategy": "order", "models": [{"model": "llama", "note": "asked: status 500"},
                    {"model": "mini", "note": "asked: it answered"}]}',
                CASE WHEN n = 41 THEN 'failed' WHEN n % 13 = 0 THEN 'unknown' ELSE 'ok' END,
                CASE WHEN n = 41 THEN 'status 500: out of memory' END,
                12000 + n * 37, 800, n * 100, 0, 0, 0, 'provider', '{"input": 0.15, "cached_input": 0.075, "output": 0.6}',
                CASE n % 2 WHEN 1 THEN 0 ELSE 0.02 * n END, 0.9, 0.31, 2.4 FROM numbers
            """,
            AiosHome.Now()
        );
        home.Execute(
            """
            INSERT INTO budget_use (budget, key, amount, updated) VALUES ('all', strftime('%Y-%m '), 9250000000, @1),
                ('each-job', strftime('%Y-%m job chat_bot'), 1930000000, @1),
                ('each-job', strftime('%Y-%m job nightly_report'), 60000000, @1)
            """,
            AiosHome.Now()
        );
        home.Closed(home.Insert("database_check"));
        home.Insert("convert_videos");
        home.Insert("train_model");
        home.WaitFor(
            () =>
                home.RunsOf("convert_videos") is [{ Pid: not null }]
                && home.Get<double>("SELECT progress FROM runs WHERE job_name = 'convert_videos'") > 0,
            "it tells its progress"
        );
        var flow = home.Insert("month_end");
        home.WaitFor(() => home.Column("SELECT status FROM approvals") is ["waiting"], "the flow asks");
        return (home.RunsOf("chat_bot")[0].Id, flow);
    }
}
