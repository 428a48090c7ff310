using System.Text;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Import;

/// <summary>PM2's files as trees, whatever language they are written in.</summary>
internal static class Pm2Text
{
    private const string Mark = "\u001eAIOS\u001e";

    // PM2 does just this: a file of JSON is an expression of JavaScript to it. What the file prints is nothing of the answer.
    private const string Program = """
        const [path, mark] = process.argv.slice(1);
        const load = async () => {
          if (!/\.(json|pm2)$/.test(path)) {
            try { return require(path); } catch (error) { if (error.code !== 'ERR_REQUIRE_ESM') throw error; }
            return import(path);
          }
          return require('vm').runInThisContext('(' + require('fs').readFileSync(path, 'utf8') + ')');
        };
        load().then(value => {
          value = value && value.default && !value.apps ? value.default : value;
          require('fs').writeSync(1, mark + JSON.stringify(value) + mark);
          process.exit(0);
        }).catch(error => { console.error(String(error && error.message || error)); process.exit(1); });
        """;

    /// <summary>The file's tree, and whether its lines are those of the file.</summary>
    /// <exception cref="ImportException">It is none of PM2's files.</exception>
    public static (YamlNode Root, bool HasLines) Read(string path)
    {
        if (Path.GetExtension(path) is ".js" or ".cjs" or ".mjs")
            return (Parse(Evaluate(path) ?? throw NoNode(path), path), false);
        var text = TextFile.Read(path);
        if (Path.GetExtension(path) is ".yaml" or ".yml")
            return (Parse(text, path), true);
        var plain = WithoutComments(text);
        if (!IsJson(plain) && Evaluate(path, mayFail: true) is { } value)
            return (Parse(value, path), false);
        return (Parse(plain, path), true);
    }

    private static YamlNode Parse(string text, string path)
    {
        try
        {
            return YamlTree.Read(text) is [var root]
                ? root
                : throw new ImportException($"{path} holds nothing, or more than one document.");
        }
        catch (YamlSyntaxException error)
        {
            throw new ImportException($"{path}:{error.Line}:{error.Column}: {error.Message}.", error);
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, MaxDepth = 500 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Evaluate(string path, bool mayFail = false)
    {
        try
        {
            var printed = ForeignTool.Ask("node", "-e", Program, path, Mark);
            return printed?.Split(Mark) is [.., var value, _] ? value : null;
        }
        catch (ImportException) when (mayFail)
        {
            return null;
        }
    }

    private static ImportException NoNode(string path) =>
        new($"{path} is a program, and there is no node to run it. Take over what `pm2 save` wrote: aios init --from pm2 ~/.pm2/dump.pm2.");

    // Each letter of a comment becomes a blank, so that all else stays where it is.
    private static string WithoutComments(string text)
    {
        var plain = new StringBuilder(text);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '"')
                at = EndOfText(text, at);
            else if (At(text, at, "//"))
                at = Blank(plain, at, text.IndexOf('\n', at));
            else if (At(text, at, "/*"))
                at = Blank(plain, at, text.IndexOf("*/", at + 2, StringComparison.Ordinal) is var end and >= 0 ? end + 2 : -1);
        }

        return plain.ToString();
    }

    private static bool At(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private static int EndOfText(string text, int at)
    {
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\')
                at++;
        }

        return at;
    }

    private static int Blank(StringBuilder plain, int from, int end)
    {
        if (end < 0)
            end = plain.Length;
        for (var at = from; at < end; at++)
        {
            if (plain[at] != '\n')
                plain[at] = ' ';
        }

        return end - 1;
    }
}
