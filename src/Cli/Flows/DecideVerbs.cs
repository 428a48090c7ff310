using System.CommandLine;
using System.Text.Json;
using Aios.Control.Flows;
using Aios.Platform;

namespace Aios.Cli.Flows;

/// <summary><c>aios approve</c> and <c>aios reject</c>: a person decides.</summary>
internal static class DecideVerbs
{
    private static readonly Argument<long> Id = FlowArguments.ApprovalId();
    private static readonly Option<string[]> Fields = new("--field")
    {
        Description = "A value that the approval asks for; may be given several times",
        HelpName = "key=value",
    };
    private static readonly Option<string?> Comment = new("--comment") { Description = "What you say about it", HelpName = "TEXT" };
    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Why",
        HelpName = "TEXT",
        Required = true,
    };
    private static readonly Option<string?> KeyFile = new("--key-file")
    {
        Description = "Decide as the holder of the API key in this file (role approver or above), not as the user",
        HelpName = "FILE",
    };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Approve(CliContext context)
    {
        var command = new Verb(
            "approve",
            "Approve what waits for approval",
            ("aios approve 3", "Approve approval 3, as `aios approvals 3` shows it"),
            ("aios approve 3 --field amount=7 --comment 'as agreed'", "With a value that it asks for")
        )
        {
            Id,
            Fields,
            Comment,
            KeyFile,
            Json,
        };
        command.SetVerb(context, parsed => Decide(parsed, approves: true, parsed.GetValue(Comment), context));
        return command;
    }

    public static Command Reject(CliContext context)
    {
        var command = new Verb(
            "reject",
            "Reject what waits for approval",
            ("aios reject 3 --reason 'the total is wrong'", "Reject approval 3; its step fails with this reason")
        )
        {
            Id,
            Reason,
            KeyFile,
            Json,
        };
        command.SetVerb(context, parsed => Decide(parsed, approves: false, parsed.GetValue(Reason), context));
        return command;
    }

    private static int Decide(ParseResult parsed, bool approves, string? comment, CliContext context)
    {
        var id = parsed.GetValue(Id);
        if (!approves && string.IsNullOrWhiteSpace(comment))
            throw new CommandLineException("--reason: found nothing, expected why you reject it.");
        var keyFile = parsed.GetValue(KeyFile);
        if (keyFile is null && DecisionMaker.WhyNot(approves ? "approve" : "reject", id) is { } why)
        {
            context.Say(why);
            return ExitCode.Failed;
        }

        var settings = Settings.OfHome(parsed);
        using var connection = settings.Database.Connect();
        var (refusal, after) = connection.Write(queue =>
        {
            if (queue.Approvals.Find(id) is not { } seen)
                return (Decisions.Missing(id), null);
            var who = keyFile is null
                ? DecisionMaker.OfUser(settings.Database)
                : DecisionMaker.OfKey(keyFile, queue, seen.JobName, TimeProvider.System);
            var fields = approves ? FieldsOf(parsed, seen.FieldsJson) : [];
            // A question that has changed has another number, so the number says what was seen.
            return (queue.Decide(id, seen.Digest, approves, fields, comment, who, context.Now), queue.Approvals.Find(id));
        });
        Refusals.ThrowIf(refusal);
        JsonOutput.Tell(context, parsed.GetValue(Json), InWords(after!), json =>
        {
            json.WriteNumber("id", id);
            json.WriteString("status", FlowForms.Name(after!.Status));
            json.WriteString("reason", after.Reason);
        });
        return ExitCode.Good;
    }

    private static string InWords(Store.Flows.ApprovalRecord approval) =>
        approval.Status == Store.Flows.ApprovalStatus.Waiting
            ? $"Approval {approval.Id}: your approval counts; {approval.Need} different people must approve."
            : $"Approval {approval.Id} is {approval.Reason ?? FlowForms.Name(approval.Status)}.";

    private static Dictionary<string, JsonElement> FieldsOf(ParseResult parsed, string fieldsJson)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var pair in parsed.GetValue(Fields) ?? [])
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new CommandLineException($"--field: found \"{pair}\", expected key=value, such as amount=7.");
            using var document = JsonDocument.Parse(
                ApprovalInput.FromText(fieldsJson, pair[..equals], pair[(equals + 1)..]),
                DeepJson.Options
            );
            fields[pair[..equals]] = document.RootElement.Clone();
        }

        return fields;
    }
}
