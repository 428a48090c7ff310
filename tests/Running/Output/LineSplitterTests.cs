using System.Text;
using Aios.Running;

namespace Aios.Tests.Running;

public sealed class LineSplitterTests
{
    [Theory]
    [InlineData("a\nb\n", "a", "b")]
    [InlineData("a\nb", "a", "b")]
    [InlineData("\n\na", "", "", "a")]
    [InlineData("a\r\nb\r\r\nc\rd\n", "a", "b", "c", "d")]
    [InlineData("nul\0 bell\a esc\u001b[31m tab\t del\u007f c1\u0085\n", "nul␀ bell␇ esc\u001b[31m tab\t del␡ c1\uFFFD")]
    [InlineData("äöü€😀\n", "äöü€😀")]
    [InlineData("")]
    public void Text_is_cut_into_lines_wherever_chunks_end(string text, params string[] expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var size = 1; size <= bytes.Length + 1; size++)
        {
            Assert.Equal(expected, Split(bytes, size));
        }
    }

    [Fact]
    public void Invalid_bytes_are_shown()
    {
        byte[] bytes = [(byte)'a', 0xFF, (byte)'b', 0xE2, 0x82, (byte)'\n', 0xC3];
        for (var size = 1; size <= bytes.Length; size++)
        {
            Assert.Equal(["a\uFFFDb\uFFFD", "\uFFFD"], Split(bytes, size));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16384)]
    [InlineData(100_000)]
    public void Long_lines_come_in_pieces_that_cut_no_character(int chunk)
    {
        var text = string.Concat(Enumerable.Repeat("x€😀", 10_000));

        var pieces = Split(Encoding.UTF8.GetBytes(text + "\nend"), chunk);

        Assert.Equal("end", pieces[^1]);
        Assert.Equal(text, string.Concat(pieces[..^1]));
        Assert.All(pieces, piece => Assert.InRange(Encoding.UTF8.GetByteCount(piece), 1, LineSplitter.MaxLine));
        Assert.Equal(5, pieces.Count - 1);
    }

    [Theory]
    [InlineData(0xBF)]
    [InlineData(0xFF)]
    [InlineData('x')]
    public void A_long_line_of_any_bytes_is_told_whole(int value)
    {
        var pieces = Split(Enumerable.Repeat((byte)value, 100_000).ToArray(), 1000);

        Assert.Equal(100_000, pieces.Sum(piece => piece.Length));
    }

    [Fact]
    public void A_line_of_exactly_the_limit_is_one()
    {
        Assert.Single(Split(Encoding.ASCII.GetBytes(new string('x', LineSplitter.MaxLine) + "\n"), 1000));
    }

    private static List<string> Split(byte[] bytes, int chunk)
    {
        var lines = new List<string>();
        var splitter = new LineSplitter((line, _) => lines.Add(line), new FakeClock());
        foreach (var part in bytes.Chunk(chunk))
        {
            splitter.Feed(part);
        }

        splitter.Flush();
        return lines;
    }
}
