using System.Text;
using Aios.Running;
using Aios.Running.Secrets;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Tests.Running;

/// <summary>What holds for every output, wherever its chunks end.</summary>
public sealed class OutputProperties
{
    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(20261121, 7919);

    // Few letters, so that secrets, their beginnings and overlaps of them come up often.
    private static readonly Gen<byte[]> Words = Gen.Elements("a", "b", "ab", "\n", "\r", "\r\n", "€", "😀", "\0", "<3>", "aab", "abab")
        .Select(Encoding.UTF8.GetBytes);
    private static readonly Gen<byte[]> Odd = Gen.Elements<byte[]>(
        [0xFF],
        [0xE2],
        [0x82],
        [0xC3],
        [.. Enumerable.Repeat((byte)'x', 17_000)],
        [.. Enumerable.Repeat((byte)0xA9, 16_500)]
    );
    private static readonly Gen<byte[]> Texts = Gen.Frequency((30, Words), (1, Odd))
        .ListOf()
        .Select(parts => parts.SelectMany(part => part).ToArray());
    private static readonly Gen<int[]> Cuts = Gen.Choose(1, 40).ListOf().Select(cuts => cuts.ToArray());

    private static readonly Gen<string[]> SecretSets = Gen.Elements("a", "b", "€", "\"", "\\", " ")
        .ListOf()
        .Select(string.Concat)
        .Where(text => text.Trim().Length is >= 4 and < 12)
        .NonEmptyListOf()
        .Select(list => list.Take(3).ToArray());

    [Fact]
    public void Any_chunking_gives_the_same_lines() =>
        Check.One(
            Checks,
            Prop.ForAll(Texts.ToArbitrary(), Cuts.ToArbitrary(), (text, cuts) => Lines(text, cuts).SequenceEqual(Lines(text, [])))
        );

    [Fact]
    public void No_piece_is_longer_than_the_limit() =>
        Check.One(
            Checks.WithMaxTest(300),
            Prop.ForAll(Texts.ToArbitrary(), Cuts.ToArbitrary(), (text, cuts) =>
                Lines(text, cuts).All(line => line.Length <= LineSplitter.MaxLine)
            )
        );

    [Fact]
    public void Any_chunking_masks_the_same() =>
        Check.One(
            Checks,
            Prop.ForAll(Leaks().ToArbitrary(), Cuts.ToArbitrary(), (leak, cuts) =>
                Masked(leak.Secrets, leak.Text, cuts).AsSpan().SequenceEqual(Masked(leak.Secrets, leak.Text, []))
            )
        );

    [Fact]
    public void A_secret_is_never_shown_and_nothing_else_is_hidden() =>
        Check.One(Checks, Prop.ForAll(Leaks().ToArbitrary(), Cuts.ToArbitrary(), (leak, cuts) =>
            {
                var shown = Masked(leak.Secrets, leak.Text, cuts);
                return leak.Secrets.All(secret => shown.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0)
                    && Encoding.UTF8.GetString(shown) == Naive(leak.Secrets, leak.Text);
            }));

    private static Gen<(string[] Secrets, byte[] Text)> Leaks() =>
        from secrets in SecretSets
        from text in Gen.OneOf(
                Words,
                Gen.Elements(secrets).Select(Encoding.UTF8.GetBytes),
                Gen.Elements(secrets).Select(secret => Encoding.UTF8.GetBytes(secret[..3]))
            )
            .ListOf()
        select (secrets, text.SelectMany(part => part).Append((byte)'\n').ToArray());

    // By its meaning: every byte of every occurrence goes, and each stretch of them becomes one mark.
    private static string Naive(string[] secrets, byte[] text)
    {
        var hidden = new int[text.Length];
        var mark = 0;
        var end = 0;
        for (var at = 0; at < text.Length; at++)
        {
            foreach (
                var length in secrets
                    .Select(Encoding.UTF8.GetBytes)
                    .Where(secret => text.AsSpan(at).StartsWith(secret))
                    .Select(secret => secret.Length)
                    .OrderDescending()
                    .Take(1)
            )
            {
                if (at >= end)
                    mark++;
                for (var i = Math.Max(at, end); i < at + length; i++)
                    hidden[i] = mark;
                end = Math.Max(end, at + length);
            }
        }

        var shown = new List<byte>();
        for (var at = 0; at < text.Length; at++)
        {
            if (hidden[at] == 0)
                shown.Add(text[at]);
            else if (at == 0 || hidden[at - 1] != hidden[at])
                shown.AddRange("***"u8);
        }

        return Encoding.UTF8.GetString([.. shown]);
    }

    private static List<string> Lines(byte[] text, int[] cuts)
    {
        var lines = new List<string>();
        var splitter = new LineSplitter((line, _) => lines.Add(line), new FakeClock());
        InChunks(text, cuts, bytes => splitter.Feed(bytes));
        splitter.Flush();
        return lines;
    }

    private static byte[] Masked(string[] secrets, byte[] text, int[] cuts)
    {
        var shown = new List<byte>();
        var stream = new MaskedStream(new SecretMask(secrets.Distinct().Select(Encoding.UTF8.GetBytes)), bytes => shown.AddRange(bytes));
        InChunks(text, cuts, stream.Feed);
        stream.End();
        return [.. shown];
    }

    private static void InChunks(byte[] text, int[] cuts, Action<ReadOnlySpan<byte>> feed)
    {
        var rest = text.AsSpan();
        for (var i = 0; !rest.IsEmpty; i++)
        {
            var length = cuts.Length == 0 ? rest.Length : Math.Min(cuts[i % cuts.Length], rest.Length);
            feed(rest[..length]);
            rest = rest[length..];
        }
    }
}
