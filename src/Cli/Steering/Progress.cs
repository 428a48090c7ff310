namespace Aios.Cli;

/// <summary>How far something has come that takes a while, for who watches.</summary>
internal static class Progress
{
    // Pages of a database, or rows: fewer are done before anybody has looked.
    private const int WorthShowing = 16_384;
    private static readonly TimeSpan BetweenShows = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows it, as done out of all; null where nobody watches.</summary>
    public static Action<long, long>? On(CliContext context, string what)
    {
        if (context.ErrorColumns is null)
            return null;
        long? last = null;
        return (done, all) =>
        {
            if (all < WorthShowing || (last is { } shown && context.Clock.GetElapsedTime(shown) < BetweenShows && done < all))
                return;
            last = context.Clock.GetTimestamp();
            context.ErrorTerminal.Write($"\r{what}: {100L * done / all} % ");
            if (done >= all)
                context.ErrorTerminal.Write("\r\e[K");
            context.ErrorTerminal.Flush();
        };
    }
}
