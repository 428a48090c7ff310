using System.Collections.Immutable;
using System.Text;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Running;

/// <summary>
/// Environment variables from files, as Docker and systemd have them: NAME=value a line, lines that begin with # or ; are
/// notes, quotes around a value are taken off. Read at each start, so that a changed file counts at once.
/// </summary>
internal static class EnvFiles
{
    private const int MaxBytes = 1024 * 1024;
    private const string Form = "expected NAME=value, a note that begins with #, or nothing";

    /// <summary>The job with the variables of its files beneath its own.</summary>
    /// <exception cref="RunStartException">A file cannot be read, or holds something else.</exception>
    public static Job Apply(Job job, string home)
    {
        if (job.EnvFiles.IsEmpty)
        {
            return job;
        }

        var all = Job.NoEnv.ToBuilder();
        foreach (var file in job.EnvFiles)
        {
            Add(all, file, home);
        }

        foreach (var (name, value) in job.Env)
        {
            all[name] = value;
        }

        return job with
        {
            Env = all.ToImmutable(),
        };
    }

    private static void Add(ImmutableSortedDictionary<string, string>.Builder all, string file, string home)
    {
        var mayBeMissing = file.StartsWith('-');
        var path = Path.GetFullPath(mayBeMissing ? file[1..] : file, home);
        if (!File.Exists(path))
        {
            _ = mayBeMissing ? 0 : throw Missing(file, path);
            return;
        }

        foreach (var (name, value) in Parse(Read(path), path))
        {
            all[name] = value;
        }
    }

    /// <summary>The variables in the order of a text.</summary>
    /// <param name="text">Of the file.</param>
    /// <param name="path">For messages.</param>
    /// <exception cref="RunStartException">A line holds something else.</exception>
    public static IEnumerable<(string Name, string Value)> Parse(string text, string path)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var number = i + 1;
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            var (name, value) = Halves(line, path, number);
            while (IsOpen(value) && i + 1 < lines.Length)
            {
                value = $"{value}\n{lines[++i].TrimEnd('\r')}";
            }

            yield return (name, Unquoted(value, path, number));
        }
    }

    private static (string Name, string Value) Halves(string line, string path, int number)
    {
        line = line.StartsWith("export ", StringComparison.Ordinal) ? line["export ".Length..].TrimStart() : line;
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? line : line[..equals].TrimEnd();
        if (
            name.Length == 0
            || name.AsSpan().ContainsAny(" \t\0'\"")
            || (equals < 0 && !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-'))
        )
        {
            throw Wrong(path, number, Form);
        }

        // Without a value it is the daemon's, as Docker has it.
        return (name, equals < 0 ? Environment.GetEnvironmentVariable(name) ?? "" : line[(equals + 1)..].TrimStart());
    }

    // A quote that its line does not close goes on in the next.
    private static bool IsOpen(string value) => value.Length > 0 && value[0] is '\'' or '"' && ClosingQuote(value) < 0;

    private static int ClosingQuote(string value)
    {
        for (var i = 1; i < value.Length; i++)
        {
            if (value[0] == '"' && value[i] == '\\')
            {
                i++;
            }
            else if (value[i] == value[0])
            {
                return i;
            }
        }

        return -1;
    }

    private static string Unquoted(string value, string path, int number)
    {
        if (value.Contains('\0'))
        {
            throw Wrong(path, number, "a value cannot hold a NUL character");
        }

        if (value.Length == 0 || value[0] is not ('\'' or '"'))
        {
            return value;
        }

        var end = ClosingQuote(value);
        var rest = end < 0 ? "" : value[(end + 1)..].Trim();
        if (end < 0 || (rest.Length > 0 && rest[0] != '#'))
        {
            throw Wrong(path, number, end < 0 ? $"the quote {value[0]} does not end" : $"{value[0]} ends the value, and more follows");
        }

        return value[0] == '\'' ? value[1..end] : Unescaped(value[1..end]);
    }

    private static string Unescaped(string text)
    {
        if (!text.Contains('\\'))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
                continue;
            }

            _ = text[++i] switch
            {
                'n' => plain.Append('\n'),
                'r' => plain.Append('\r'),
                't' => plain.Append('\t'),
                '"' or '\\' or '$' or '`' => plain.Append(text[i]),
                '\n' => plain,
                var other => plain.Append('\\').Append(other),
            };
        }

        return plain.ToString();
    }

    private static string Read(string path)
    {
        try
        {
            if (FileIdentity.IsSpecial(path) || new FileInfo(path).Length > MaxBytes)
            {
                throw new RunStartException($"env_file: {path} is no file of at most 1 MiB");
            }

            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(WithoutMark(File.ReadAllBytes(path)));
        }
        catch (DecoderFallbackException)
        {
            throw new RunStartException($"env_file: {path} is not UTF-8; save it as that");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunStartException($"env_file: {path} cannot be read: {error.Message}");
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;

    private static RunStartException Missing(string file, string path) =>
        new(
            $"env_file: there is no file {path}; create it, correct the path (it starts from the home), or write \"-{file}\" if it "
                + $"may be missing"
        );

    private static RunStartException Wrong(string path, int line, string what) => new($"env_file: {path}, line {line}: {what}");
}
