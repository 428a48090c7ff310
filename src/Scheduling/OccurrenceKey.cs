using System.Globalization;

namespace Aios.Scheduling;

/// <summary>The two kinds of key that occurrences have.</summary>
internal static class OccurrenceKey
{
    /// <summary>Unix milliseconds, for occurrences that an instant tells apart.</summary>
    public static string Of(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary><c>yyyy-MM-dd</c>, for occurrences of which there is one each local date.</summary>
    public static string Of(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
