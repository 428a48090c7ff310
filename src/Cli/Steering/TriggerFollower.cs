using Aios.Control;
using Aios.Store;
using Aios.Store.Triggers;

namespace Aios.Cli;

/// <summary>Follows a trigger until it is closed: prints what its runs print, and ends as the last of them did.</summary>
internal sealed class TriggerFollower(Settings settings, CliContext context, long triggerId)
{
    /// <summary>Waits for the end; the answer is the exit status.</summary>
    public int Follow(bool json)
    {
        using var reader = settings.Database.Read()!;
        using var changes = settings.Database.Follow(reader);
        TellIfNoDaemon(reader, context);
        long lastLine = 0;
        while (true)
        {
            var trigger = reader.Trigger(triggerId)
                ?? throw new StoreException($"trigger {triggerId} was deleted while it was waited for.");
            lastLine = Print(reader, lastLine, json);
            if (trigger.IsClosed)
                return Report(reader, trigger, json);
            changes.Wait();
        }
    }

    /// <summary>Says so if nobody is there to do what is waited for.</summary>
    public static void TellIfNoDaemon(IStoreReader reader, CliContext context)
    {
        if (!reader.Devices().Any(device => device.SeemsAlive(context.Now)))
            context.Say("no daemon is running on this database; waiting until one is started.");
    }

    private long Print(IStoreReader reader, long lastLine, bool json)
    {
        while (reader.Lines(triggerId, lastLine) is { Count: > 0 } lines)
        {
            foreach (var (id, stream, message) in lines)
            {
                var writer = json || stream == "stderr" ? context.ErrorData : context.Data;
                writer.WriteLine(message);
                lastLine = id;
            }
        }

        return lastLine;
    }

    private int Report(IStoreReader reader, TriggerSummary trigger, bool json)
    {
        var run = reader.Runs(1, triggerId: triggerId) is [var last, ..] ? last : null;
        if (json)
        {
            JsonOutput.Write(context.Out, writer =>
            {
                if (run is not null)
                    writer.WriteRun(run);
                else
                    writer.WriteTrigger(trigger);
            });
        }

        if (trigger.Status == "succeeded")
            return ExitCode.Good;
        context.Say($"trigger {triggerId} {trigger.Status}{(trigger.Reason is { } reason ? $": {reason}" : "")}");
        return run?.ExitCode is { } code and not 0 ? code : ExitCode.Failed;
    }
}
