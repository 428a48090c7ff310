using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Aios.Tests.Docs;

/// <summary>
/// A command that a page tells its reader to type, and what the page shows of the answer, or null where it shows nothing.
/// </summary>
internal sealed partial record PageCommand(string Page, int Line, string Text, string? Shown)
{
    private const string Prompt = "$ ";

    /// <summary>Whether it is the daemon, which goes on until it is ended.</summary>
    public bool IsDaemon => Daemon().IsMatch(WithoutNote);

    /// <summary>Whether it goes on until it is ended: the daemon, and what follows what happens.</summary>
    public bool GoesOn => IsDaemon || Follower().IsMatch(WithoutNote);

    /// <summary>Whether it only looks, so that it may be asked again until all is as the page shows it.</summary>
    public bool OnlyLooks => Look().IsMatch(Text);

    /// <summary>The command without the comment behind it.</summary>
    public string WithoutNote => Note().Replace(Text, "");

    /// <summary>The commands of a block, in their order.</summary>
    public static List<PageCommand> Of(DocumentBlock block) =>
        block.Language switch
        {
            // A program, and not what is typed.
            _ when block.Text.StartsWith("#!", StringComparison.Ordinal) => [],
            "sh" => [.. Typed(block)],
            "console" => [.. Recorded(block)],
            _ => [],
        };

    /// <summary>Whether the block shows no command, but what one that goes on has said meanwhile.</summary>
    public static bool IsMoreOutput(DocumentBlock block) =>
        block.Language == "console" && !block.Text.Split('\n').Any(line => line.StartsWith(Prompt, StringComparison.Ordinal));

    /// <inheritdoc />
    public override string ToString() => $"{Page}:{Line}: {Text}";

    // Each line is a command, unless the shell waits for more.
    private static IEnumerable<PageCommand> Typed(DocumentBlock block)
    {
        var (lines, from) = (block.Text.TrimEnd('\n').Split('\n'), 0);
        for (var i = 0; i < lines.Length; i++)
        {
            var text = string.Join('\n', lines[from..(i + 1)]);
            if (i + 1 < lines.Length && !IsWhole(text))
                continue;
            if (text.Trim() is { Length: > 0 } and not ['#', ..])
                yield return new PageCommand(block.Page, block.Line + from, text, null);
            from = i + 1;
        }
    }

    // A line that begins with a prompt is a command, what follows is its answer.
    private static IEnumerable<PageCommand> Recorded(DocumentBlock block)
    {
        var lines = block.Text.TrimEnd('\n').Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Prompt, StringComparison.Ordinal))
                continue;
            var answer = lines.Skip(i + 1).TakeWhile(line => !line.StartsWith(Prompt, StringComparison.Ordinal));
            yield return new PageCommand(block.Page, block.Line + i, lines[i][Prompt.Length..], string.Join('\n', answer));
        }
    }

    private static bool IsWhole(string text)
    {
        if (text.EndsWith('\\'))
            return false;
        if (HereDocument().Match(text) is { Success: true } begun && !text.EndsWith($"\n{begun.Groups[1].Value}", StringComparison.Ordinal))
            return false;
        if (!text.AsSpan().ContainsAny('"', '\''))
            return true;
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-n", "-c", text]) { RedirectStandardError = true })!;
        shell.WaitForExit();
        return shell.ExitCode == 0;
    }

    [GeneratedRegex(@"<<'?(\w+)'?(?=\n|$)")]
    private static partial Regex HereDocument();

    [GeneratedRegex(@"^(\w+=\S+ )*aios( --(?!help).*)?$")]
    private static partial Regex Daemon();

    [GeneratedRegex(@"^(aios logs .*-f\b|curl -N .*/events\b)")]
    private static partial Regex Follower();

    [GeneratedRegex(@"^(aios (status|jobs|runs|logs|next|why|health|doctor|audit)\b|sqlite3 .*\bSELECT\b)")]
    private static partial Regex Look();

    [GeneratedRegex(@"[ ]+#[ ].*$")]
    private static partial Regex Note();
}
