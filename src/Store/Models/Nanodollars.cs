namespace Aios.Store.Models;

/// <summary>Amounts of money as whole billionths of a US dollar, in which sums are exact.</summary>
internal static class Nanodollars
{
    private const decimal InDollar = 1_000_000_000;

    /// <summary>An amount, rounded up: nothing that costs anything costs nothing.</summary>
    public static long Of(decimal dollars) => dollars >= long.MaxValue / InDollar ? long.MaxValue : (long)Math.Ceiling(dollars * InDollar);

    /// <summary>US dollars.</summary>
    public static decimal ToDollars(long amount) => amount / InDollar;
}
