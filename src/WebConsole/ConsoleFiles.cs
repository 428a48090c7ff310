using System.Collections.Immutable;
using System.Reflection;
using Aios.Platform;

namespace Aios.WebConsole;

/// <summary>The files of the console page. They are part of the executable, and need nothing else to be served.</summary>
internal static class ConsoleFiles
{
    /// <summary>The page itself; the others are what it loads.</summary>
    public const string Page = "index.html";

    private const string Prefix = "console/";

    /// <summary>Reads all of them.</summary>
    public static ImmutableArray<ConsoleFile> ReadAll()
    {
        var assembly = typeof(ConsoleFiles).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name => Read(assembly, name))];
    }

    private static ConsoleFile Read(Assembly assembly, string resource)
    {
        using var source = assembly.GetManifestResourceStream(resource)!;
        var content = new byte[source.Length];
        source.ReadExactly(content);
        var tag = Convert.ToHexStringLower(Sha256.Of(content).AsSpan(0, 8));
        return new ConsoleFile(resource[Prefix.Length..], MediaTypeOf(resource), $"\"{tag}\"", content);
    }

    private static string MediaTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".txt" => "text/plain; charset=utf-8",
        var other => throw new InvalidOperationException($"A file of the console ends with \"{other}\", and nobody has said what that is."),
    };
}
