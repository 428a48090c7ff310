namespace Aios.Scheduling;

/// <summary>
/// A text is not a cron expression. The message names the field, what was found in it and what is allowed there,
/// for example <c>Minutes: found '60' in '60', expected a value between 0 and 59.</c>
/// </summary>
public sealed class CronFormatException : FormatException
{
    /// <summary>An error without an explanation.</summary>
    public CronFormatException()
        : base("The text is not a cron expression.")
    {
    }

    /// <summary>An error explained by <paramref name="message"/>.</summary>
    public CronFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An error explained by <paramref name="message"/> and caused by another.</summary>
    public CronFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
