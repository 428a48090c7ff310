using System.Collections.Immutable;

namespace Aios.Jobs;

/// <summary>Whom to tell, how, and of what.</summary>
/// <param name="Way">How.</param>
/// <param name="Target">
/// A URL, or mail addresses with commas between them; or where they are: <c>env:NAME</c>, <c>file:path</c>. Empty for a
/// command.
/// </param>
internal sealed record NoticeChannel(NoticeTransport Way, string Target)
{
    /// <summary>How long until the same is told again of the same job, unless the list says else.</summary>
    public static readonly TimeSpan StandardRepeat = TimeSpan.FromHours(1);

    /// <summary>The program to start, with its arguments.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Of what.</summary>
    public NoticeEvents On { get; init; } = NoticeEvents.All;

    /// <summary>The same event of the same job is not told again for so long.</summary>
    public TimeSpan Repeat { get; init; } = StandardRepeat;

    /// <summary>The word of the way.</summary>
    public string Word => Way.ToString().ToLowerInvariant();
}
