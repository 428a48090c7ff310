using Aios.Tests.BlackBox;
using Aios.WebConsole;

namespace Aios.Tests.WebConsole;

/// <summary>The files of the console, as a server gives them.</summary>
public class ServingTests
{
    private const int MostBytes = 300_000;

    [Fact]
    public void The_page_is_small_and_asks_nobody_else_for_anything()
    {
        var files = ConsoleFiles.All();
        Assert.InRange(files.Sum(file => file.Content.Length), 50_000, MostBytes);
        foreach (var file in files.Where(file => !file.Name.EndsWith(".txt", StringComparison.Ordinal)))
        {
            var text = System.Text.Encoding.UTF8.GetString(file.Content.Span);
            // Names of formats are no addresses.
            Assert.DoesNotContain("https://", text.Replace("https://example.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("innerHTML", file.Name == "preact.js" ? "" : text, StringComparison.Ordinal);
        }
    }

    [RequiresFact]
    public void Each_file_is_served_to_everybody_with_what_keeps_it_in_bounds()
    {
        using var home = new AiosHome();
        using var api = ApiClient.Start(home);
        foreach (var file in ConsoleFiles.All())
        {
            var path = file.Name == ConsoleFiles.Page ? "/" : $"/console/{file.Name}";
            var answer = api.Get(path, ApiClient.Proxied).Expect(200);
            var policy = answer.Headers["Content-Security-Policy"];
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("DENY", answer.Headers["X-Frame-Options"]);
            Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
            Assert.Equal("same-origin", answer.Headers["Cross-Origin-Opener-Policy"]);
            Assert.Equal(304, api.Get(path, ("If-None-Match", answer.Headers["ETag"])).Status);
            Assert.Equal(
                403,
                api.Get(path, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "script")).Status
            );
        }

        Assert.Equal(404, api.Get("/console/none.js").Status);
        Assert.DoesNotContain("/console/", api.Get("/openapi.json").Text, StringComparison.Ordinal);
    }
}
