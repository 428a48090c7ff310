using System.Globalization;
using System.Text;
using Aios.Platform;

namespace Aios.Store.Audit;

/// <summary>
/// What ties each row of the audit to the one before. The hash of a row is the SHA-256 of a text in UTF-8, as lower-case
/// hexadecimal digits. The text is <c>aios-audit-1</c>, then the hash of the row before (empty for the first), then the
/// columns id, at (whole microseconds), actor, origin, action, job_name, subject, before, after, each on a line of its
/// own: its length in bytes, a colon, the value; a dash for NULL. docs/audit.md has the same in Python.
/// </summary>
internal static class AuditChain
{
    private const string Format = "aios-audit-1\n";

    /// <summary>The hash of a row.</summary>
    /// <param name="previous">That of the row before; empty for the first row.</param>
    /// <param name="id">Its number.</param>
    /// <param name="seconds">Its time as it is stored.</param>
    /// <param name="entry">What it says.</param>
    public static string Hash(string previous, long id, double seconds, AuditEntry entry)
    {
        var text = new StringBuilder(Format, 512).Append(previous).Append('\n');
        Add(text, id.ToString(CultureInfo.InvariantCulture));
        Add(text, Microseconds(seconds));
        Add(text, entry.By.Name);
        Add(text, entry.By.Origin);
        Add(text, entry.Action);
        Add(text, entry.JobName);
        Add(text, entry.Subject);
        Add(text, entry.BeforeJson);
        Add(text, entry.AfterJson);
        return Convert.ToHexStringLower(Sha256.Of(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Microseconds(double seconds) => Math.Round(seconds * 1e6).ToString("F0", CultureInfo.InvariantCulture);

    private static void Add(StringBuilder text, string? value)
    {
        if (value is null)
            text.Append("-\n");
        else
            text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(value)}:").Append(value).Append('\n');
    }
}
