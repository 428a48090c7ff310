using Microsoft.Playwright;

namespace Aios.Tests.WebConsole;

/// <summary>A real browser without a screen, shared by the tests of a class; each takes a page of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>Debian's Chromium, unless <c>AIOS_CHROMIUM</c> names another.</summary>
    public static string Executable { get; } =
        Environment.GetEnvironmentVariable("AIOS_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";

    // A loaded machine is slow; what is wrong stays wrong.
    private const float Patience = 60_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc />
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Opens a page; whatever it complains of is kept.</summary>
    public async Task<BrowserPage> Open(Uri address, int width = 1280, int height = 860, string scheme = "light")
    {
        // Not before a test needs it, for where there is no browser all are skipped.
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Executable,
                Args = ["--no-sandbox", "--disable-dev-shm-usage"],
                Timeout = Patience,
            }
        );
        var context = await _browser.NewContextAsync(
            new()
            {
                ViewportSize = new ViewportSize { Width = width, Height = height },
                ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
                Locale = "en-GB",
                TimezoneId = "Europe/Berlin",
            }
        );
        context.SetDefaultTimeout(Patience);
        var page = new BrowserPage(await context.NewPageAsync(), address);
        await page.Page.GotoAsync(address.ToString());
        return page;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
