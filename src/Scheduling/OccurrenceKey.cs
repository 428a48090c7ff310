using System.Globalization;

namespace Aios.Scheduling;

/// <summary>
/// What makes an occurrence one and the same on every device and after every restart: the job and the instant, whichever
/// schedule named it. So one that is moved to later today runs again, and one that stays does not. It is the
/// <c>dedup_key</c> of the trigger.
/// </summary>
internal static class OccurrenceKey
{
    public static string Of(string jobName, Occurrence occurrence) =>
        string.Create(CultureInfo.InvariantCulture, $"occurrence:{jobName}@{occurrence.At.ToUnixTimeMilliseconds()}");
}
