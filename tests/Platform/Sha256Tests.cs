using System.Security.Cryptography;
using System.Text;
using Aios.Platform;

namespace Aios.Tests.Platform;

public class Sha256Tests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    )]
    public void It_gives_what_the_standard_does(string text, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(Sha256.Of(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void It_gives_what_the_runtimes_own_does_for_each_length_around_blocks()
    {
        var random = new Random(1);
        for (var length = 0; length < 300; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            Assert.Equal(SHA256.HashData(bytes), Sha256.Of(bytes));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(262_144)]
    [InlineData(262_145)]
    [InlineData(1_000_000)]
    public void It_gives_the_same_for_a_stream(int length)
    {
        var bytes = new byte[length];
        new Random(2).NextBytes(bytes);
        using var stream = new MemoryStream(bytes);
        Assert.Equal(SHA256.HashData(bytes), Sha256.Of(stream));
    }
}
