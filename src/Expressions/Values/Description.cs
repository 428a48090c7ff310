using System.Globalization;
using Aios.Platform;

namespace Aios.Expressions;

/// <summary>Says in a message what a value is.</summary>
internal static class Description
{
    private const int LongestText = 40;
    private const int MostNames = 8;
    private const int MostCompared = 100;

    public static string Of(in Value value) =>
        value.Kind switch
        {
            ValueKind.Null => "null",
            ValueKind.Bool => value.AsBool() ? "true" : "false",
            ValueKind.Int => $"the int {value.AsInt()}",
            ValueKind.Uint => $"the uint {value.AsUint()}",
            ValueKind.Double => $"the double {value.AsDouble().ToString(CultureInfo.InvariantCulture)}",
            ValueKind.String => $"the string {Quoted(value.AsString())}",
            ValueKind.Bytes => $"bytes ({value.AsBytes().Length})",
            ValueKind.List => $"a list of {value.AsList().Count}",
            ValueKind.Map => $"a map of {value.AsMap().Count}",
            ValueKind.Timestamp => $"the timestamp {value.AsTimestamp()}",
            ValueKind.Duration => $"the duration {value.AsDuration()}",
            ValueKind.Type => $"the type {TypeNames.Of(value.AsType())}",
            _ => value.AsError().Message,
        };

    /// <summary>A text in quotes on one line, shortened.</summary>
    public static string Quoted(string text) => $"\"{Shortened(text)}\"";

    /// <summary>The same without quotes.</summary>
    public static string Shortened(string text) =>
        text.Length <= LongestText
            ? new JsonOutput().AppendEscaped(text).ToString()
            : $"{new JsonOutput().AppendEscaped(text[..LongestText])}...";

    /// <summary>"; it has "a", "b"" for a message about a name that is not there, with the nearest name if one is near.</summary>
    public static string Names(string missing, IEnumerable<string> names)
    {
        var all = names.Take(MostCompared).ToList();
        if (all.Count == 0)
            return "; it is empty";
        var more = all.Count > MostNames ? ", ..." : "";
        return $"; it has {string.Join(", ", all.Take(MostNames).Select(Quoted))}{more}.{NearestName.Hint(missing, all)}";
    }
}
