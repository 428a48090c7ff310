namespace Aios.Scheduling;

/// <summary>A stand-in that only counts fields, until the real one takes its place.</summary>
public sealed class CronExpression
{
    private readonly string text;

    private CronExpression(string text) => this.text = text;

    /// <exception cref="FormatException">The text is not a cron expression.</exception>
    public static CronExpression ParseAny(string expression)
    {
        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is not (5 or 6) && !expression.StartsWith('@')) throw new FormatException("a cron expression has five or six fields");
        return new CronExpression(expression);
    }

    /// <inheritdoc/>
    public override string ToString() => text;
}
