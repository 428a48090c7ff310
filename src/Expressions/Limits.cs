namespace Aios.Expressions;

/// <summary>What bounds the time and the memory of an expression.</summary>
internal static class Limits
{
    /// <summary>Characters of an expression.</summary>
    public const int Text = 64 * 1024;

    /// <summary>Levels of parentheses, operators and calls in one another.</summary>
    public const int Nesting = 100;

    /// <summary>Operators, fields, calls and rounds of macros in an evaluation. Work on long values counts as several.</summary>
    public const int Steps = 100_000;

    /// <summary>Characters of a result.</summary>
    public const int Result = 16 * 1024 * 1024;

    /// <summary>Bytes of all texts and lists that an evaluation makes.</summary>
    public const long Made = 64 * 1024 * 1024;

    /// <summary>What of a long value is worked on in one step.</summary>
    public const int BytesInStep = 4096;
}
