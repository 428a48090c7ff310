using System.CommandLine;
using System.Globalization;
using Aios.Control;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Audit;

namespace Aios.Cli;

/// <summary><c>aios audit verify</c>: whether the audit is as it was written.</summary>
internal static class AuditVerifyVerb
{
    private static readonly Option<string?> Head = new("--head")
    {
        Description = "Also require this end of the audit, from the daemon's log",
        HelpName = "ROW:HASH",
    };
    private static readonly Option<bool> Accept = new("--accept")
    {
        Description = "Accept the present rows and record the findings in the audit",
    };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "verify",
            "Check whether rows of the audit were changed or removed",
            ("aios audit verify", "Check the audit")
        )
        {
            Head,
            Accept,
            Json,
        };
        command.SetVerb(context, parsed => Verify(parsed, context));
        return command;
    }

    private static int Verify(ParseResult parsed, CliContext context)
    {
        var database = Settings.Of(parsed).Database;
        var known = parsed.GetValue(Head) is { } text ? ParseHead(text) : null;
        var file = database.AuditHead;
        using var reader = database.Read()
            ?? throw new CommandLineException(
                $"there is no database at {database.Name}, so there is no audit. Name another home with --home, or the file with --db."
            );
        var verdict = new AuditVerifier(reader, file, known).Verify(Progress.On(context, "checking"));
        if (parsed.GetValue(Json))
            JsonOutput.Write(context.Out, json => Write(json, verdict));
        else
            Tell(verdict, file, context);
        if (verdict.Findings.Count == 0)
            return ExitCode.Good;
        if (!parsed.GetValue(Accept))
            return ExitCode.Failed;
        GoOn(database, verdict, file, context);
        return ExitCode.Good;
    }

    private static AuditHead ParseHead(string text)
    {
        var parts = text.Split(':');
        if (
            parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && id > 0
            && parts[1].Length == 64
        )
            return new AuditHead(id, parts[1].ToLowerInvariant());
        throw new CommandLineException(
            $"--head: found \"{text}\", expected the number of a row, a colon, and its hash of 64 digits, as the daemon's log has them."
        );
    }

    private static void Tell(AuditVerdict verdict, AuditHeadFile file, CliContext context)
    {
        foreach (var finding in verdict.Findings)
            context.Say($"{finding}.");
        if (verdict.Findings.Count > 0)
        {
            context.Say(
                "the audit was changed. Look for the missing rows in a backup. When you know what happened, `aios audit verify --accept` "
                    + "continues from here."
            );
            return;
        }

        if (verdict.Rows == 0)
            context.Out.WriteLine("The audit is empty.");
        else
            context.Out.WriteLine($"The audit is whole: {verdict.Rows} rows, which end with {verdict.Head}; {file.Path} agrees.");
    }

    private static void GoOn(IDatabase database, AuditVerdict verdict, AuditHeadFile file, CliContext context)
    {
        using var connection = database.Connect();
        var (head, id) = connection.Write(queue =>
        {
            queue.Audit.Append(
                new AuditEntry(context.Now, CliActor.Here, AuditActions.Accept)
                {
                    BeforeJson = JsonText.Write(json => Write(json, verdict)),
                }
            );
            return (queue.Audit.Head(), queue.Config.DatabaseId());
        });
        file.Set(head, id, context.Now);
        context.Say($"accepted; row {head.Id} records that, and the audit continues from there.");
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, AuditVerdict verdict)
    {
        json.WriteStartObject();
        json.WriteBoolean("whole", verdict.Findings.Count == 0);
        json.WriteNumber("rows", verdict.Rows);
        json.WriteString("head", verdict.Head.ToString());
        json.WriteText("known_outside", verdict.Anchor?.Head.ToString());
        json.WriteArray("findings", verdict.Findings, (writer, finding) => writer.WriteStringValue(finding));
        json.WriteEndObject();
    }
}
