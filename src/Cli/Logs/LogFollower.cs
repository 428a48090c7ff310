using Aios.Platform;
using Aios.Store;
using Aios.Store.Logs;

namespace Aios.Cli;

/// <summary>Prints lines of the log as they are committed, until their run is over, nobody reads them, or the database is gone.</summary>
internal sealed class LogFollower(Settings settings, CliContext context, LogPrinter printer)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);
    private bool _isTroubled;

    /// <summary>Waits for a database that a daemon makes; null if nobody waits for it any more.</summary>
    public IStoreReader? WaitForDatabase()
    {
        context.Say($"there is no database at {settings.Database.Name}; waiting until a daemon makes it.");
        while (!StandardOutput.IsGone())
        {
            Thread.Sleep(BetweenLooks);
            if (TryOpen() is { } reader)
                return reader;
        }

        return null;
    }

    /// <summary>Follows; the answer is the exit status.</summary>
    /// <param name="reader">Of the database.</param>
    /// <param name="lines">Where it begins.</param>
    /// <param name="runId">The run with whose end it ends; null if it goes on for ever.</param>
    public int Follow(IStoreReader reader, LogReader lines, long? runId)
    {
        var file = settings.Database.Identity;
        using var changes = settings.Database.Follow(reader);
        if (PrintNew(reader, lines, runId))
            return ExitCode.Good;
        TriggerFollower.TellIfNoDaemon(reader, context);
        while (settings.Database.Identity == file)
        {
            if (PrintNew(reader, lines, runId) || StandardOutput.IsGone())
                return ExitCode.Good;
            changes.Wait();
        }

        return context.Fail($"{settings.Database.Name} was deleted or replaced. Call `aios logs` again for what is there now.");
    }

    // Whether the run is over is asked first: its last lines are committed no later than its end.
    private bool PrintNew(IStoreReader reader, LogReader lines, long? runId)
    {
        try
        {
            var isOver = runId is { } id && reader.Run(id) is not { Ended: null };
            printer.PrintAll(lines);
            _isTroubled = false;
            return isOver;
        }
        catch (StoreException error)
        {
            if (!_isTroubled)
                context.Say($"{error.Message} Trying again until it can be read.");
            _isTroubled = true;
            return false;
        }
    }

    // While it is being made, it is not one of AIOS yet.
    private IStoreReader? TryOpen()
    {
        try
        {
            return settings.Database.Read();
        }
        catch (StoreException)
        {
            return null;
        }
    }
}
