using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aios.Tests.WebConsole;

/// <summary>The console in a browser.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private const float Patience = 60_000;
    private const string FocusedName =
        "(active => (active?.getAttribute('aria-label') ?? active?.labels?.[0]?.textContent ?? active?.textContent ?? '').trim())"
        + "(document.activeElement)";

    private readonly List<string> _complaints = [];
    private readonly Uri _address;

    internal BrowserPage(IPage page, Uri address)
    {
        Page = page;
        _address = address;
        page.Console += (_, message) => Complain(message.Type == "error" ? message.Text : null);
        page.PageError += (_, message) => Complain(message);
    }

    /// <summary>For what is not here.</summary>
    public IPage Page { get; }

    /// <summary>Errors of scripts, and whatever the browser refused.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
                return [.. _complaints];
        }
    }

    /// <summary>Goes to a view, such as <c>#/jobs</c>, and waits for its heading.</summary>
    public async Task Go(string hash, string heading)
    {
        await Page.EvaluateAsync("hash => { location.hash = hash; }", hash);
        await Sees(Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = heading }));
    }

    /// <summary>A part of the page that has this heading.</summary>
    public ILocator Section(string heading) => Page.GetByRole(AriaRole.Region, new() { Name = heading });

    /// <summary>A button.</summary>
    public ILocator Button(string name, bool exact = true) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = exact });

    /// <summary>A link.</summary>
    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    /// <summary>Waits until something is seen.</summary>
    public Task Sees(ILocator what) => Expect(what.First).ToBeVisibleAsync(new() { Timeout = Patience });

    /// <summary>Waits until a text is seen.</summary>
    public Task Sees(string text) => Sees(Page.GetByText(text));

    /// <summary>Waits until something is gone.</summary>
    public Task SeesNo(ILocator what) => Expect(what).ToHaveCountAsync(0, new() { Timeout = Patience });

    /// <summary>What an accessibility checker finds that is serious, in words.</summary>
    public async Task<IReadOnlyList<string>> AccessibilityDefects()
    {
        // The page lets nobody put scripts into it, so the checker comes in by the browser's own door.
        var session = await Page.Context.NewCDPSessionAsync(Page);
        await Evaluate(session, Axe.Value);
        var found = await Evaluate(
            session,
            "axe.run().then(result => JSON.stringify(result.violations.filter(one => one.impact === 'serious' || one.impact === "
                + "'critical').map(one => `${one.id}: ${one.nodes.slice(0, 5).map(node => node.target.join(' ')).join(', ')}`)))"
        );
        await session.DetachAsync();
        return JsonSerializer.Deserialize<string[]>(found)!;
    }

    /// <summary>Takes a picture for the documents, if <c>AIOS_SCREENSHOTS</c> names a folder for them.</summary>
    public async Task Picture(string name)
    {
        if (Environment.GetEnvironmentVariable("AIOS_SCREENSHOTS") is not { Length: > 0 } folder)
            return;
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    /// <summary>The bytes of scripts' objects that are in use.</summary>
    public async Task<double> HeapBytes()
    {
        var session = await Page.Context.NewCDPSessionAsync(Page);
        await session.SendAsync("HeapProfiler.collectGarbage");
        var usage = await session.SendAsync("Runtime.getHeapUsage");
        await session.DetachAsync();
        return usage!.Value.GetProperty("usedSize").GetDouble();
    }

    /// <summary>The bytes that the largest process of a page takes, with its part of what it shares with others.</summary>
    public async Task<double> ProcessBytes()
    {
        var session = await Page.Context.Browser!.NewBrowserCDPSessionAsync();
        var answer = await session.SendAsync("SystemInfo.getProcessInfo");
        await session.DetachAsync();
        var pids = answer!
            .Value.GetProperty("processInfo")
            .EnumerateArray()
            .Where(process => process.GetProperty("type").GetString() == "renderer")
            .Select(process => process.GetProperty("id").GetInt32());
        return pids.Max(pid =>
            1024.0
            * long.Parse(
                File.ReadLines($"/proc/{pid}/smaps_rollup")
                    .Single(line => line.StartsWith("Pss:", StringComparison.Ordinal))
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
                CultureInfo.InvariantCulture
            )
        );
    }

    /// <summary>Goes on with the tabulator until something of that name has the focus.</summary>
    public async Task Tab(string name)
    {
        for (var steps = 0; steps < 80; steps++)
        {
            if (await Page.EvaluateAsync<string>(FocusedName) == name)
                return;
            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"\"{name}\" is not reached with the tabulator.");
    }

    /// <summary>Goes there with the tabulator, and presses Enter.</summary>
    public async Task Press(string name)
    {
        await Tab(name);
        await Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Loads it anew, at another place if one is named.</summary>
    public Task Reload(string hash = "") => hash.Length == 0 ? Page.ReloadAsync() : Page.GotoAsync(new Uri(_address, hash).ToString());

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private static readonly Lazy<string> Axe = new(() =>
    {
        using var reader = new StreamReader(typeof(BrowserPage).Assembly.GetManifestResourceStream("axe.min.js")!);
        return reader.ReadToEnd();
    });

    private static async Task<string> Evaluate(ICDPSession session, string expression)
    {
        var answer = await session.SendAsync(
            "Runtime.evaluate",
            new()
            {
                ["expression"] = expression,
                ["awaitPromise"] = true,
                ["returnByValue"] = true,
            }
        );
        Assert.False(answer!.Value.TryGetProperty("exceptionDetails", out var wrong), $"{wrong}");
        return answer.Value.GetProperty("result").TryGetProperty("value", out var value) ? value.ToString() : "";
    }

    private void Complain(string? text)
    {
        if (text is null)
            return;
        lock (_complaints)
            _complaints.Add(text);
    }
}
