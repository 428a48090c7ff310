using System.Globalization;
using System.Text.Json;

namespace Aios.Models.Verification;

/// <summary>
/// How much of two JSON values is the same, 0 to 1. Objects are compared by name, lists by the order of both that fits best, numbers
/// as exactly as the less exact of them is written, texts without case, spaces and marks at their ends.
/// </summary>
internal static class JsonSimilarity
{
    private const double Relative = 1e-6;

    // Beyond it lists are compared item by item: the work grows with the product of the lengths.
    private const int LongestAligned = 400;

    /// <summary>The similarity of two values.</summary>
    public static double Of(JsonElement left, JsonElement right) =>
        (left.ValueKind, right.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => OfObjects(left, right),
            (JsonValueKind.Array, JsonValueKind.Array) => OfLists(left, right),
            (JsonValueKind.Number, JsonValueKind.Number) => AreEqual(left.GetRawText(), right.GetRawText()) ? 1 : 0,
            (JsonValueKind.String, JsonValueKind.String) => Normal(Wire.Json.TextOf(left) ?? "") == Normal(Wire.Json.TextOf(right) ?? "")
                ? 1
                : 0,
            var (one, other) => one == other ? 1 : 0,
        };

    /// <summary>A text as it is compared.</summary>
    public static string Normal(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim('.', '!', ' ', '"').ToLowerInvariant();

    // The leaves that both have, of all that one has.
    private static double OfObjects(JsonElement left, JsonElement right)
    {
        var names = left.EnumerateObject()
            .Concat(right.EnumerateObject())
            .Select(member => member.Name)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (names.Count == 0)
            return 1;
        return names.Average(name =>
            left.TryGetProperty(name, out var one) && right.TryGetProperty(name, out var other) ? Of(one, other) : 0
        );
    }

    private static double OfLists(JsonElement left, JsonElement right)
    {
        var (one, other) = (left.EnumerateArray().ToList(), right.EnumerateArray().ToList());
        var longest = Math.Max(one.Count, other.Count);
        if (longest == 0)
            return 1;
        var common =
            longest > LongestAligned ? one.Zip(other, Of).Sum()
            : AreObjects(one) && AreObjects(other) ? Assigned(one, other)
            : Math.Max(Aligned(one, other), Assigned(one, other));
        return common / longest;
    }

    private static bool AreObjects(List<JsonElement> items) => items.TrueForAll(item => item.ValueKind == JsonValueKind.Object);

    // The best alignment that keeps the order of both.
    private static double Aligned(List<JsonElement> left, List<JsonElement> right)
    {
        var best = new double[right.Count + 1];
        foreach (var item in left)
        {
            var diagonal = 0.0;
            for (var column = 1; column <= right.Count; column++)
            {
                var above = best[column];
                best[column] = Math.Max(Math.Max(above, best[column - 1]), diagonal + Of(item, right[column - 1]));
                diagonal = above;
            }
        }

        return best[^1];
    }

    // Each item with the one that is most like it and not yet taken, the most alike first.
    private static double Assigned(List<JsonElement> left, List<JsonElement> right)
    {
        var pairs = new List<(double Similarity, int Left, int Right)>();
        for (var first = 0; first < left.Count; first++)
        {
            for (var second = 0; second < right.Count; second++)
                pairs.Add((Of(left[first], right[second]), first, second));
        }

        var (takenLeft, takenRight) = (new HashSet<int>(), new HashSet<int>());
        var sum = 0.0;
        foreach (var (similarity, first, second) in pairs.OrderByDescending(pair => pair.Similarity))
        {
            if (takenLeft.Contains(first) || takenRight.Contains(second))
                continue;
            takenLeft.Add(first);
            takenRight.Add(second);
            sum += similarity;
        }

        return sum;
    }

    private static bool AreEqual(string left, string right)
    {
        var (one, other) = (double.Parse(left, CultureInfo.InvariantCulture), double.Parse(right, CultureInfo.InvariantCulture));
        if (one == other)
            return true;
        var distance = Math.Abs(one - other);
        return distance <= Relative * Math.Max(Math.Abs(one), Math.Abs(other)) || IsRounded(left, right, distance);
    }

    // 12.35 is 12.3456 with two decimals; 12 is no rounded 12.3456, since whole numbers count things.
    private static bool IsRounded(string left, string right, double distance)
    {
        var decimals = Math.Min(Decimals(left), Decimals(right));
        return decimals > 0 && distance <= 0.5 * Math.Pow(10, -decimals) * (1 + Relative);
    }

    private static int Decimals(string number)
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        return point < 0 || number.AsSpan().IndexOfAny('e', 'E') >= 0 ? 0 : number.Length - point - 1;
    }
}
