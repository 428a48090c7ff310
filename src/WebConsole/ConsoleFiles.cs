using System.Collections.Immutable;
using System.Reflection;

namespace Aios.WebConsole;

/// <summary>The files of the console page. They are part of the executable, and need nothing else to be served.</summary>
internal static class ConsoleFiles
{
    /// <summary>The page itself; the others are what it loads.</summary>
    public const string Page = "index.html";

    private const string Prefix = "console/";

    /// <summary>All of them.</summary>
    public static ImmutableArray<ConsoleFile> All()
    {
        var assembly = typeof(ConsoleFiles).Assembly;
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => new ConsoleFile(name[Prefix.Length..], MediaTypeOf(name), () => Read(assembly, name))),
        ];
    }

    private static byte[] Read(Assembly assembly, string resource)
    {
        using var source = assembly.GetManifestResourceStream(resource)!;
        var content = new byte[source.Length];
        source.ReadExactly(content);
        return content;
    }

    private static string MediaTypeOf(string name) =>
        Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".txt" => "text/plain; charset=utf-8",
            var other => throw new InvalidOperationException(
                $"A file of the console ends with \"{other}\", and nobody has said what that is."
            ),
        };
}
