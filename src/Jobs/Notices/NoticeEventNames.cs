using System.Collections.Immutable;

namespace Aios.Jobs;

/// <summary>The words for what somebody may want to be told of.</summary>
internal static class NoticeEventNames
{
    /// <summary>Each with its word.</summary>
    public static readonly ImmutableArray<(string Name, NoticeEvents Value)> All =
    [
        ("failure", NoticeEvents.Failure),
        ("recovery", NoticeEvents.Recovery),
        ("crash_loop", NoticeEvents.CrashLoop),
        ("late", NoticeEvents.Late),
        ("approval", NoticeEvents.Approval),
    ];

    /// <summary>What a word means; null if nothing.</summary>
    public static NoticeEvents? Parse(string name)
    {
        foreach (var pair in All)
        {
            if (pair.Name == name)
                return pair.Value;
        }

        return null;
    }

    /// <summary>The word of a single one.</summary>
    public static string Name(this NoticeEvents value) => All.First(pair => pair.Value == value).Name;
}
