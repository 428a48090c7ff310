using System.CommandLine;
using System.Text.Json;
using Aios.Control.Confirm;
using Aios.Control.Flows;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Flows;

namespace Aios.Cli.Confirm;

/// <summary>Asks for the confirmation of an operation: the person at the terminal, or another one by an approval.</summary>
internal sealed class Confirmer(ParseResult parsed, ConfirmOptions options, Settings settings, CliContext context)
{
    private const int LongestShown = 1000;

    /// <summary>The operation, and how it is confirmed; null where nobody has to confirm it.</summary>
    /// <param name="kind">One of <see cref="RiskyKinds"/>.</param>
    /// <param name="create">The operation as it is now; asked again after a person has taken their time.</param>
    /// <param name="again">The command without the options of the confirmation, for messages.</param>
    /// <exception cref="NotConfirmedException">It is not confirmed.</exception>
    /// <exception cref="CommandLineException">Nobody can be asked.</exception>
    public (RiskyOperation Operation, Confirmed How)? Ask(string kind, Func<RiskyOperation> create, string again)
    {
        var rule = settings.Confirm.Of(kind);
        if (rule.By == ConfirmBy.None)
            return null;
        var operation = create();
        if (options.Approval(parsed) is { } approval)
            return (operation, Confirmed.By(approval));
        if (rule.By == ConfirmBy.Other)
            throw new NotConfirmedException(AskAnother(operation, rule, again));
        return (operation, options.SaysYes(parsed) ? Confirmed.YesFlag : AskHere(operation, rule, create));
    }

    private string AskAnother(RiskyOperation operation, ConfirmRule rule, string again)
    {
        using var connection = settings.Database.Connect();
        var asked = connection.Write(queue => queue.AskToConfirm(operation, rule, CliActor.Here, context.Now));
        var use = $"`{again} --approval {asked.Id}`";
        if (asked.Status == ApprovalStatus.Approved)
            return $"{operation.Question} Approval {asked.Id} is there ({asked.Reason}). Until {Words.Local(asked.UsableUntil)}, "
                + $"{use} does it.";
        return $"{operation.Question} Another person must approve that, with the role approver or more: it waits as approval {asked.Id} "
            + "until "
            + $"{Words.Local(asked.Expires)}. When it is approved, {use} does it.";
    }

    private Confirmed AskHere(RiskyOperation operation, ConfirmRule rule, Func<RiskyOperation> create)
    {
        if (Console.IsInputRedirected || context.ErrorColumns is null)
            throw new CommandLineException(
                $"{operation.Question} That must be confirmed, and there is no terminal to ask in. Nothing was done. In a script, add "
                    + "--yes."
            );
        context.Error.WriteLine(operation.Question);
        foreach (var line in Shown(operation))
            context.Error.WriteLine($"  {line}");
        context.Error.Write($"Type {TerminalText.OneLine(operation.Name)} to confirm: ");
        context.Error.Flush();
        var asked = context.Now;
        var typed = ReadLine();
        if (typed is null)
            context.Error.WriteLine();
        if (typed?.Trim() != operation.Name)
            throw Refuse(operation, typed is null ? "nothing was typed" : $"\"{typed.Trim()}\" was typed, not \"{operation.Name}\"");
        if (context.Now - asked > rule.Expires)
            throw Refuse(operation, $"it was not confirmed within {Words.Span(rule.Expires)}");
        if (create().Digest != operation.Digest)
            throw Refuse(operation, "what it does has changed since it was shown");
        return Confirmed.Typed;
    }

    // A database that cannot be written is no reason not to say so.
    private NotConfirmedException Refuse(RiskyOperation operation, string why)
    {
        try
        {
            using var connection = settings.Database.Connect();
            return new(connection.Write(queue => queue.RefuseConfirmation(operation, why, CliActor.Here, context.Now)).Words);
        }
        catch (StoreException)
        {
            return new($"{operation.Question} It was not done: {why}.");
        }
    }

    private static IEnumerable<string> Shown(RiskyOperation operation)
    {
        using var document = JsonDocument.Parse(operation.ShownJson, DeepJson.Options);
        return
        [
            .. document
                .RootElement.EnumerateObject()
                .Select(member => TerminalText.OneLine($"{member.Name}: {member.Value}"))
                .Select(line => line.Length <= LongestShown ? line : $"{line[..LongestShown]}..."),
        ];
    }

    // The runtime's console would change how the terminal behaves; the terminal itself has all that a line takes.
    private static string? ReadLine()
    {
        if (OperatingSystem.IsWindows())
            return Console.In.ReadLine();
        using var handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(0, ownsHandle: false);
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        using var reader = new StreamReader(stream);
        return reader.ReadLine();
    }
}
