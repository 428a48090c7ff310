using Aios.Models.Configuration;
using Aios.Store.Models;

namespace Aios.Tests.Models.Configuration;

/// <summary>What calls cost, exactly.</summary>
public sealed class ModelPriceTests
{
    private static readonly ModelPrice Price = new()
    {
        Input = 0.15m,
        Output = 0.60m,
        CachedInput = 0.075m,
        CacheWrite = 0.1875m,
        Reasoning = 1.20m,
        Image = 0.001m,
        Request = 0.01m,
    };

    [Fact]
    public void Each_class_of_tokens_has_its_price()
    {
        var usage = new TokenUsage(1000, 200)
        {
            CachedInput = 4000,
            CacheWrite = 800,
            Reasoning = 50,
            Images = 2,
        };
        Assert.Equal(0.00078m + 0.002m + 0.01m, Price.CostOf(usage));
    }

    [Fact]
    public void A_class_without_a_price_has_that_of_its_kind()
    {
        var price = new ModelPrice { Input = 1, Output = 2 };
        var usage = new TokenUsage(0, 0)
        {
            CachedInput = 1_000_000,
            CacheWrite = 1_000_000,
            Reasoning = 1_000_000,
        };
        Assert.Equal(4m, price.CostOf(usage));
    }

    [Fact]
    public void The_most_is_never_less_than_the_cost()
    {
        var random = new Random(16);
        for (var i = 0; i < 1000; i++)
        {
            var usage = new TokenUsage(random.Next(5000), random.Next(5000))
            {
                CachedInput = random.Next(5000),
                CacheWrite = random.Next(5000),
                Reasoning = random.Next(5000),
                Images = random.Next(3),
            };
            var most = Price.MostFor(usage.Input + usage.CachedInput + usage.CacheWrite, usage.Output + usage.Reasoning, usage.Images);
            Assert.True(most >= Price.CostOf(usage));
        }
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0.0000000001", 1)]
    [InlineData("0.000000001", 1)]
    [InlineData("1.5", 1_500_000_000)]
    public void Amounts_are_rounded_up(string dollars, long expected) =>
        Assert.Equal(expected, Nanodollars.Of(decimal.Parse(dollars, System.Globalization.CultureInfo.InvariantCulture)));
}
