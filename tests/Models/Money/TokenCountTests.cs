using Aios.Models.Money;

namespace Aios.Tests.Models.Money;

/// <summary>Tokens are counted where no provider tells them.</summary>
public sealed class TokenCountTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("Hello", 2)]
    [InlineData("Hello, world!", 6)]
    [InlineData("1234567", 3)]
    [InlineData("日本", 2)]
    public void An_estimate_is_near_what_tokenizers_count(string text, long expected) => Assert.Equal(expected, TokenCount.Estimate(text));
}
