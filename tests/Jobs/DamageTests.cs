using System.Text;
using Aios.Jobs;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Tests.Jobs;

/// <summary>Whatever a file holds, loading it ends, and with messages instead of exceptions.</summary>
public sealed class DamageTests : IDisposable
{
    private static readonly string[] Tokens =
    [
        "\n",
        " ",
        "  ",
        "\t",
        "- ",
        ": ",
        ":",
        "[",
        "]",
        "{",
        "}",
        ",",
        "\"",
        "'",
        "*",
        "&a ",
        "*a",
        "<<: ",
        "!!str ",
        "!x ",
        "|",
        ">",
        "?",
        "#",
        "%",
        "@",
        "---\n",
        "...\n",
        "~",
        "\\",
        "\r",
        "\0",
        "\uFEFF",
        "\u2028",
        "é",
        "\ud83d",
        "0x",
        "1e999",
        ".nan",
        "defaults",
        "jobs",
    ];

    private readonly string _home = Directory.CreateTempSubdirectory("aios-damage-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Random_bytes_never_throw() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll<byte[]>(bytes =>
            {
                File.WriteAllBytes(Path.Combine(_home, "jobs.yaml"), bytes);
                IsTold(JobListLoader.Load(_home, _home));
            })
        );

    [Fact]
    public void Random_pieces_of_yaml_never_throw() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1500),
            Prop.ForAll(Gen.Elements(Tokens).ListOf().ToArbitrary(), pieces => IsTold(Lists.Parse(string.Concat(pieces))))
        );

    [Fact]
    public void Damaged_lists_never_throw() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1500),
            Prop.ForAll(Damages().ToArbitrary(), damages => IsTold(Lists.Parse(damages.Aggregate(Samples.Good, Damage))))
        );

    [Fact]
    public void Lists_without_one_line_never_throw()
    {
        var lines = Samples.Good.Split('\n');
        for (var i = 0; i < lines.Length; i++)
            IsTold(Lists.Parse(string.Join('\n', lines.Where((_, at) => at != i))));
    }

    [Fact]
    public void Lists_that_end_too_early_never_throw()
    {
        for (var length = 0; length < Samples.Good.Length; length++)
            IsTold(Lists.Parse(Samples.Good[..length]));
    }

    private static Gen<List<(int Position, int Length, string Text)>> Damages() =>
        (
            from position in Gen.Choose(0, Samples.Good.Length)
            from length in Gen.Choose(0, 12)
            from text in Gen.Elements(Tokens.Append("").ToArray())
            select (position, length, text)
        )
            .ListOf(4)
            .Select(damages => damages.ToList());

    private static string Damage(string text, (int Position, int Length, string Text) damage)
    {
        var start = Math.Min(damage.Position, text.Length);
        var end = Math.Min(start + damage.Length, text.Length);
        return new StringBuilder(text, 0, start, text.Length + 16).Append(damage.Text).Append(text, end, text.Length - end).ToString();
    }

    // One line each, with a place, and ending as a sentence does; and jobs that can be written and read again.
    private static void IsTold(JobList list)
    {
        foreach (var error in list.Errors)
        {
            var line = error.ToString();
            Assert.DoesNotContain('\n', line);
            Assert.True(line[^1] is '.' or '?' or '!', line);
        }

        foreach (var job in list.Jobs)
            Assert.Empty(Lists.Errors($"[{JobJson.Write(job)}]"));
    }
}
