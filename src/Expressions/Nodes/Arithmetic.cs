using Aios.Expressions.Syntax;

namespace Aios.Expressions.Nodes;

/// <summary>+, -, *, / and %.</summary>
internal static class Arithmetic
{
    public const string Overflow = "the result does not fit into 64 bits";
    private const string ByZero = "division by zero";

    public static Value Compute(Evaluation evaluation, Node node, TokenKind sign, in Value a, in Value b) =>
        (a.Kind, b.Kind) switch
        {
            (ValueKind.Int, ValueKind.Int) => Whole(sign, a.AsInt(), b.AsInt()) is { } whole
                ? Int(evaluation, node, whole)
                : evaluation.Fail(node, ByZero),
            (ValueKind.Uint, ValueKind.Uint) => Whole(sign, a.AsUint(), b.AsUint()) is { } whole
                ? Uint(evaluation, node, whole)
                : evaluation.Fail(node, ByZero),
            (ValueKind.Double, ValueKind.Double) when sign != TokenKind.Modulo => Value.Of(Real(sign, a.AsDouble(), b.AsDouble())),
            _ when sign == TokenKind.Plus => Join(evaluation, node, a, b),
            _ when sign == TokenKind.Minus => Subtract(evaluation, node, a, b),
            _ => Mismatch(evaluation, node, sign, a, b),
        };

    // Null for a division by zero. All results fit into 128 bits.
    private static Int128? Whole(TokenKind sign, Int128 a, Int128 b) =>
        sign switch
        {
            TokenKind.Plus => a + b,
            TokenKind.Minus => a - b,
            TokenKind.Times => a * b,
            _ when b == 0 => null,
            TokenKind.Divide => a / b,
            _ => a % b,
        };

    private static Value Int(Evaluation evaluation, Node node, Int128 result) =>
        result >= long.MinValue && result <= long.MaxValue ? Value.Of((long)result) : evaluation.Fail(node, Overflow);

    private static Value Uint(Evaluation evaluation, Node node, Int128 result) =>
        result >= 0 && result <= ulong.MaxValue ? Value.Of((ulong)result) : evaluation.Fail(node, Overflow);

    private static Value Span(Evaluation evaluation, Node node, Int128 nanoseconds) =>
        nanoseconds >= long.MinValue && nanoseconds <= long.MaxValue
            ? Value.Of(new Duration((long)nanoseconds))
            : evaluation.Fail(node, "the duration is longer than 292 years");

    private static double Real(TokenKind sign, double a, double b) =>
        sign switch
        {
            TokenKind.Plus => a + b,
            TokenKind.Minus => a - b,
            TokenKind.Times => a * b,
            _ => a / b,
        };

    private static Value Join(Evaluation evaluation, Node node, in Value a, in Value b)
    {
        switch (a.Kind, b.Kind)
        {
            case (ValueKind.String, ValueKind.String):
                evaluation.Make(2L * (a.AsString().Length + b.AsString().Length));
                return Value.Of(a.AsString() + b.AsString());
            case (ValueKind.Bytes, ValueKind.Bytes):
                evaluation.Make(a.AsBytes().Length + b.AsBytes().Length);
                return Value.Of([.. a.AsBytes(), .. b.AsBytes()]);
            case (ValueKind.List, ValueKind.List):
                evaluation.Make((long)ListNode.BytesOfItem * (a.AsList().Count + b.AsList().Count));
                return Value.Of((Value[])[.. a.AsList(), .. b.AsList()]);
            case (ValueKind.Duration, ValueKind.Duration):
                return Span(evaluation, node, (Int128)a.AsDuration().Nanoseconds + b.AsDuration().Nanoseconds);
            case (ValueKind.Timestamp, ValueKind.Duration):
                return Moved(evaluation, node, a.AsTimestamp(), b.AsDuration().Nanoseconds);
            case (ValueKind.Duration, ValueKind.Timestamp):
                return Moved(evaluation, node, b.AsTimestamp(), a.AsDuration().Nanoseconds);
            default:
                return Mismatch(evaluation, node, TokenKind.Plus, a, b);
        }
    }

    private static Value Subtract(Evaluation evaluation, Node node, in Value a, in Value b)
    {
        switch (a.Kind, b.Kind)
        {
            case (ValueKind.Duration, ValueKind.Duration):
                return Span(evaluation, node, (Int128)a.AsDuration().Nanoseconds - b.AsDuration().Nanoseconds);
            case (ValueKind.Timestamp, ValueKind.Duration):
                return Moved(evaluation, node, a.AsTimestamp(), -(Int128)b.AsDuration().Nanoseconds);
            case (ValueKind.Timestamp, ValueKind.Timestamp):
                return Span(evaluation, node, a.AsTimestamp().NanosecondsSince(b.AsTimestamp()));
            default:
                return Mismatch(evaluation, node, TokenKind.Minus, a, b);
        }
    }

    private static Value Moved(Evaluation evaluation, Node node, Timestamp timestamp, Int128 nanoseconds) =>
        timestamp.Add(nanoseconds) is { } moved ? Value.Of(moved) : evaluation.Fail(node, "the timestamp is not in the years 1 to 9999");

    private static Value Mismatch(Evaluation evaluation, Node node, TokenKind sign, in Value a, in Value b)
    {
        var advice =
            a.IsNumber && b.IsNumber ? "; make them one type with int(), uint() or double()"
            : sign == TokenKind.Plus && (a.Kind == ValueKind.String || b.Kind == ValueKind.String) ? "; make it a text with string()"
            : "";
        return evaluation.Fail(node, $"{Name(sign)} does not take {Description.Of(a)} and {Description.Of(b)}{advice}");
    }

    private static string Name(TokenKind sign) =>
        sign switch
        {
            TokenKind.Plus => "+",
            TokenKind.Minus => "-",
            TokenKind.Times => "*",
            TokenKind.Divide => "/",
            _ => "%",
        };
}
