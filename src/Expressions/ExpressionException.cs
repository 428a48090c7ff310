namespace Aios.Expressions;

/// <summary>Why an expression or a template cannot be read, or has no value: one line of text.</summary>
internal sealed class ExpressionException(string message, int position) : Exception(message)
{
    /// <summary>Where in the text it is, in UTF-16 units from 0.</summary>
    public int Position { get; } = position;
}
