using System.Globalization;
using System.Text.Json;

namespace Aios.Models.Verification.Schemas;

/// <summary>The keywords for numbers. Exact where a decimal can hold both, else as floating-point numbers.</summary>
internal static class SchemaNumbers
{
    /// <summary>Whether a number has no fraction: 1.0 has none.</summary>
    public static bool IsWhole(JsonElement value) =>
        value.TryGetDecimal(out var exact) && value.TryGetDouble(out var rounded) && Math.Abs(rounded) < 1e15
            ? exact == decimal.Truncate(exact)
            : value.TryGetDouble(out var number) && number == Math.Truncate(number);

    /// <summary>Checks a number against the keywords of a schema.</summary>
    public static void Check(JsonElement schema, JsonElement value, Action<string> report)
    {
        Compare(schema, "minimum", value, order => order >= 0, "at least", report);
        Compare(schema, "exclusiveMinimum", value, order => order > 0, "more than", report);
        Compare(schema, "maximum", value, order => order <= 0, "at most", report);
        Compare(schema, "exclusiveMaximum", value, order => order < 0, "less than", report);
        if (schema.TryGetProperty("multipleOf", out var step) && step.ValueKind == JsonValueKind.Number && !IsMultiple(value, step))
            report($"Expected a multiple of {step}, found {value}.");
    }

    private static void Compare(
        JsonElement schema,
        string keyword,
        JsonElement value,
        Func<int, bool> isRight,
        string words,
        Action<string> report
    )
    {
        if (schema.TryGetProperty(keyword, out var limit) && limit.ValueKind == JsonValueKind.Number && !isRight(Order(value, limit)))
            report($"Expected {words} {limit}, found {value}.");
    }

    private static int Order(JsonElement left, JsonElement right) =>
        left.TryGetDecimal(out var one) && right.TryGetDecimal(out var other)
            ? one.CompareTo(other)
            : Double(left).CompareTo(Double(right));

    private static bool IsMultiple(JsonElement value, JsonElement step)
    {
        if (value.TryGetDecimal(out var exact) && step.TryGetDecimal(out var part) && part != 0)
        {
            try
            {
                return exact % part == 0;
            }
            catch (OverflowException)
            {
                // The floating-point numbers decide.
            }
        }

        var quotient = Double(value) / Double(step);
        return double.IsFinite(quotient) ? quotient == Math.Round(quotient) : Double(value) % Double(step) == 0;
    }

    private static double Double(JsonElement value) =>
        double.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
