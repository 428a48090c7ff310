using System.Globalization;

namespace Aios.Import;

/// <summary>Makes names for jobs: valid, and each given once.</summary>
internal sealed class NameMaker
{
    private const int Longest = 100;
    private static readonly HashSet<string> Interpreters = new(StringComparer.Ordinal)
    {
        "sh",
        "bash",
        "dash",
        "zsh",
        "ksh",
        "python",
        "python2",
        "python3",
        "perl",
        "ruby",
        "php",
        "node",
        "Rscript",
        "java",
    };
    private static readonly HashSet<string> Around = new(StringComparer.Ordinal)
    {
        "]",
        "{",
        "}",
        "(",
        ")",
        "&&",
        "||",
        ";",
        "!",
        "if",
        "then",
        "exec",
        "env",
        "sudo",
        "nice",
        "ionice",
        "nohup",
        "time",
        "timeout",
        "chronic",
        "run-one",
        "command",
    };

    private readonly HashSet<string> _given = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name like this one.</summary>
    public string From(string wanted)
    {
        var name = string.Concat(wanted.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' ? letter : '_'))
            .TrimStart('.')
            .Trim('_');
        if (name.Length == 0)
            name = "job";
        if (name.Length > Longest)
            name = name[..Longest];
        var free = name;
        for (var number = 2; !_given.Add(free); number++)
            free = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
        return free;
    }

    /// <summary>A name for what a shell is told: the first program in it that says something.</summary>
    public string FromScript(string script) => From(Program(script.Split([' ', '\t', '\n', ';'], StringSplitOptions.RemoveEmptyEntries)));

    private static string Program(string[] words)
    {
        string? interpreter = null;
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i].Trim('"', '\'', '(', ')', '`');
            if (word is "cd" or "flock")
                i = Operand(words, i + 1);
            else if (word is "[" or "test")
                i = EndOfTest(words, i);
            if (word is "cd" or "flock" or "[" or "test")
                continue;
            if (
                word.Length == 0
                || word[0] is '-' or '>' or '<' or '$'
                || char.IsAsciiDigit(word[0])
                || Around.Contains(word)
                || word.Contains('=', StringComparison.Ordinal)
            )
                continue;
            var name = Stem(word);
            if (!Interpreters.Contains(name))
                return name.Length == 0 ? word : name;
            interpreter ??= name;
        }

        return interpreter ?? "job";
    }

    private static int Operand(string[] words, int at)
    {
        while (at < words.Length && words[at].StartsWith('-'))
            at++;
        return at;
    }

    private static int EndOfTest(string[] words, int at)
    {
        while (at < words.Length && words[at] is not ("]" or "&&" or "||" or "then"))
            at++;
        return at;
    }

    private static string Stem(string word)
    {
        var file = word[(word.LastIndexOf('/') + 1)..];
        return Path.GetExtension(file) is ".sh" or ".py" or ".pl" or ".rb" or ".php" or ".js" or ".mjs" or ".cjs"
            ? Path.GetFileNameWithoutExtension(file)
            : file;
    }
}
