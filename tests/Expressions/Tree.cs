using FsCheck;
using FsCheck.Fluent;

namespace Aios.Tests.Expressions;

/// <summary>An expression of whole numbers, with its value by C#'s own arithmetic.</summary>
/// <param name="Sign">An operator, or nothing for a number.</param>
/// <param name="Number">For a number.</param>
/// <param name="Parts">What the operator is applied to.</param>
public sealed record Tree(string Sign, long Number, IReadOnlyList<Tree> Parts)
{
    private static readonly string[] Signs = ["+", "-", "*", "/", "%", "<", "==", ">=", "&&", "||", "?", "neg"];

    public static Gen<Tree> Integers => Gen.Sized(size => OfSize(Math.Min(size, 30)));

    // Comparisons are shown as a choice of 1 and 0, so that all values are numbers.
    private int Precedence =>
        Sign switch
        {
            "" => Number < 0 ? 6 : 9,
            "neg" => 6,
            "*" or "/" or "%" => 5,
            "+" or "-" => 4,
            _ => 0,
        };

    /// <summary>The value; null for an error.</summary>
    public Int128? Compute()
    {
        if (Sign == "")
            return Number;
        if (Sign == "?")
            return Parts[0].Compute() is { } condition ? (condition > 0 ? Parts[1] : Parts[2]).Compute() : null;
        var (left, right) = (Parts[0].Compute(), Parts[^1].Compute());
        if (Sign is "&&" or "||")
        {
            var decider = Sign == "||";
            if (left > 0 == decider && left is not null || right > 0 == decider && right is not null)
                return decider ? 1 : 0;
            return left is null || right is null ? null
                : decider ? 0
                : 1;
        }

        if (left is not { } a || right is not { } b)
            return null;
        Int128? result = Sign switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => b == 0 ? null : a / b,
            "%" => b == 0 ? null : a % b,
            "<" => a < b ? 1 : 0,
            "==" => a == b ? 1 : 0,
            ">=" => a >= b ? 1 : 0,
            _ => -a,
        };
        return result > long.MaxValue || result < long.MinValue ? null : result;
    }

    /// <summary>With parentheses only where the operators around need them.</summary>
    /// <param name="around">The precedence that it needs to stand alone.</param>
    public string Print(int around) => Precedence < around ? $"({Inner(false)})" : Inner(false);

    /// <summary>With parentheses around everything.</summary>
    public string PrintAll() => $"({Inner(true)})";

    private string Inner(bool all)
    {
        string Part(int number, int around) => all ? Parts[number].PrintAll() : Parts[number].Print(around);
        return Sign switch
        {
            "" => $"{Number}",
            "neg" => $"-({Part(0, 0)})",
            "?" => $"{Part(0, 4)} > 0 ? {Part(1, 1)} : {Part(2, 0)}",
            "&&" or "||" => $"{Part(0, 4)} > 0 {Sign} {Part(1, 4)} > 0 ? 1 : 0",
            "<" or "==" or ">=" => $"{Part(0, 4)} {Sign} {Part(1, 4)} ? 1 : 0",
            _ => $"{Part(0, Precedence)} {Sign} {Part(1, Precedence + 1)}",
        };
    }

    private static Gen<Tree> OfSize(int size)
    {
        var numbers = Gen.Elements(0L, 1, -1, 2, 3, 7, -12, 1_000_000_007, long.MaxValue, long.MinValue)
            .Select(number => new Tree("", number, []));
        if (size == 0)
            return numbers;
        var below = OfSize(size / 2);
        return Gen.Frequency(
            (1, numbers),
            (4, Gen.Elements(Signs).SelectMany(sign => below.ListOf(3).Select(parts => new Tree(sign, 0, Cut(sign, parts)))))
        );
    }

    private static List<Tree> Cut(string sign, IEnumerable<Tree> parts) =>
        [
            .. parts.Take(
                sign == "?" ? 3
                : sign == "neg" ? 1
                : 2
            ),
        ];
}
