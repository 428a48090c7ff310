using System.Runtime.CompilerServices;
using Aios.Expressions.Nodes;

namespace Aios.Expressions;

/// <summary>Equality and order of values. Numbers of all types are compared by what they are worth.</summary>
internal static class Comparison
{
    // 2 to the power of 63 and of 64, of which doubles are exact.
    private const double BeyondInt = 9223372036854775808.0;
    private const double BeyondUint = 18446744073709551616.0;

    /// <summary>Deep equality. Values of different types are not equal, except for numbers; nothing equals NaN.</summary>
    public static bool AreEqual(Evaluation evaluation, in Value a, in Value b)
    {
        if (a.IsNumber && b.IsNumber)
            return OfNumbers(a, b) == 0;
        if (a.Kind != b.Kind)
            return false;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ExpressionException("the values are nested too deeply to be compared", 0);
        switch (a.Kind)
        {
            case ValueKind.Null:
                return true;
            case ValueKind.Type:
                return a.AsType() == b.AsType();
            case ValueKind.List:
                return AreEqual(evaluation, a.AsList(), b.AsList());
            case ValueKind.Map:
                return AreEqual(evaluation, a.AsMap(), b.AsMap());
            default:
                return Order(evaluation, a, b) == 0;
        }
    }

    /// <summary>Whether one can be less than the other.</summary>
    public static bool IsOrdered(in Value a, in Value b) =>
        (a.IsNumber && b.IsNumber)
        || (
            a.Kind == b.Kind && a.Kind is ValueKind.Bool or ValueKind.String or ValueKind.Bytes or ValueKind.Timestamp or ValueKind.Duration
        );

    /// <summary>Less than 0, 0, or more; null if one is NaN.</summary>
    public static int? Order(Evaluation evaluation, in Value a, in Value b)
    {
        switch (a.Kind)
        {
            case ValueKind.Bool:
                return a.AsBool().CompareTo(b.AsBool());
            case ValueKind.String:
                evaluation.Work(2L * Math.Min(a.AsString().Length, b.AsString().Length));
                return OfTexts(a.AsString(), b.AsString());
            case ValueKind.Bytes:
                evaluation.Work(Math.Min(a.AsBytes().Length, b.AsBytes().Length));
                return a.AsBytes().AsSpan().SequenceCompareTo(b.AsBytes());
            case ValueKind.Timestamp:
                return a.AsTimestamp().CompareTo(b.AsTimestamp());
            case ValueKind.Duration:
                return a.AsDuration().Nanoseconds.CompareTo(b.AsDuration().Nanoseconds);
            default:
                return OfNumbers(a, b);
        }
    }

    /// <summary>The same of two numbers. A double is compared with the double next to a whole number.</summary>
    public static int? OfNumbers(in Value a, in Value b)
    {
        if (a.Kind == ValueKind.Double || b.Kind == ValueKind.Double)
        {
            var (left, right) = (ToDouble(a), ToDouble(b));
            return double.IsNaN(left) || double.IsNaN(right) ? null : left.CompareTo(right);
        }

        if (a.Kind == ValueKind.Int && b.Kind == ValueKind.Int)
            return a.AsInt().CompareTo(b.AsInt());
        return ToInt128(a).CompareTo(ToInt128(b));
    }

    public static double ToDouble(in Value number) =>
        number.Kind switch
        {
            ValueKind.Int => number.AsInt(),
            ValueKind.Uint => number.AsUint(),
            _ => number.AsDouble(),
        };

    /// <summary>The int that a number is worth, or null.</summary>
    public static long? ToWhole(in Value number) =>
        number.Kind switch
        {
            ValueKind.Int => number.AsInt(),
            ValueKind.Uint => number.AsUint() <= long.MaxValue ? (long)number.AsUint() : null,
            _ => Math.Truncate(number.AsDouble()) == number.AsDouble() ? Truncate(number.AsDouble()) : null,
        };

    /// <summary>The int that is left of a double without its fraction; null if it does not fit.</summary>
    public static long? Truncate(double number) => number > -BeyondInt && number < BeyondInt ? (long)number : null;

    /// <summary>The same as a uint.</summary>
    public static ulong? TruncateUnsigned(double number) => number > -1 && number < BeyondUint ? (ulong)number : null;

    /// <summary>The order of two texts by their characters of Unicode.</summary>
    public static int OfTexts(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        if (same == a.Length || same == b.Length)
            return a.Length.CompareTo(b.Length);
        // In UTF-16 the halves of surrogate pairs stand before the characters from U+E000 on.
        var (left, right) = (a[same], b[same]);
        return char.IsSurrogate(left) != char.IsSurrogate(right) && left >= '\uD800' && right >= '\uD800'
            ? right.CompareTo(left)
            : left.CompareTo(right);
    }

    private static Int128 ToInt128(in Value whole) => whole.Kind == ValueKind.Int ? whole.AsInt() : whole.AsUint();

    private static bool AreEqual(Evaluation evaluation, ListValue a, ListValue b)
    {
        if (a.Count != b.Count)
            return false;
        using var others = b.GetEnumerator();
        foreach (var item in a)
        {
            evaluation.Step();
            others.MoveNext();
            if (!AreEqual(evaluation, item, others.Current))
                return false;
        }

        return true;
    }

    private static bool AreEqual(Evaluation evaluation, MapValue a, MapValue b)
    {
        if (a.Count != b.Count)
            return false;
        foreach (var key in a.Keys)
        {
            evaluation.Step();
            a.TryGet(key, out var value);
            if (!b.TryGet(key, out var other) || !AreEqual(evaluation, value, other))
                return false;
        }

        return true;
    }
}
