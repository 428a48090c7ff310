using System.CommandLine;
using System.Text.Json;
using Aios.Control;
using Aios.Control.Flows;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Flows;

namespace Aios.Cli.Flows;

/// <summary><c>aios approvals</c>: what people are asked.</summary>
internal static class ApprovalsVerb
{
    private const int AtOnce = 1000;

    // Who asks for all does not want the history of years.
    private const int MostDecided = 200;

    private static readonly Argument<long?> Id = new("approval")
    {
        Description = "Show all of this one (default: list those that wait)",
        HelpName = "ID",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<bool> All = new("--all") { Description = $"Also those that are decided, up to {MostDecided}" };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "approvals",
            "List what waits for a person's approval, or show one with all that it is about",
            ("aios approvals", "List what waits for approval"),
            ("aios approvals 3", "Show the question, the values and the fields of approval 3")
        )
        {
            Id,
            All,
            Json,
        };
        command.SetVerb(context, parsed => List(parsed, context));
        return command;
    }

    private static int List(ParseResult parsed, CliContext context)
    {
        using var reader = Settings.OfHome(parsed).Database.Read();
        if (parsed.GetValue(Id) is { } id)
            return ShowOne(id, reader, parsed.GetValue(Json), context);
        var approvals = parsed.GetValue(All) ? Approvals(reader, null).Take(MostDecided) : Approvals(reader, ApprovalStatus.Waiting);
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json => json.WriteArray(null, approvals, (writer, approval) => writer.WriteApproval(approval)));
            return ExitCode.Good;
        }

        var table = new TextTable(
            "ID",
            Column.Status(),
            Column.Text("QUESTION", 30),
            Column.Spare("ASKED"),
            Column.Spare("EXPIRES"),
            Column.Text("FROM"),
            Column.Text("REASON")
        );
        foreach (var approval in approvals)
            table.Add(
                $"{approval.Id}",
                FlowForms.Name(approval.Status),
                approval.Question,
                Words.Short(approval.Created, context.Now),
                approval.Expires is { } expires ? Words.Short(expires, context.Now) : null,
                approval.FlowId is { } flow ? $"{approval.JobName}/{approval.Step}, flow {flow}" : approval.AskedBy ?? approval.JobName,
                approval.Reason
            );
        table.Write(context, "nothing waits for approval.");
        return ExitCode.Good;
    }

    private static int ShowOne(long id, IStoreReader? reader, bool asJson, CliContext context)
    {
        if (reader?.Approval(id) is not { } approval)
            throw new CommandLineException(Decisions.Missing(id).Words);
        var decisions = reader.Decisions(id);
        if (asJson)
        {
            JsonOutput.Write(context.Out, json => json.WriteApproval(approval, decisions));
            return ExitCode.Good;
        }

        foreach (var line in Lines(approval, decisions))
            context.Out.WriteLine(TerminalText.OneLine(line));
        return ExitCode.Good;
    }

    private static IEnumerable<string> Lines(ApprovalRecord approval, IReadOnlyList<Decision> decisions)
    {
        yield return $"Approval {approval.Id}: {approval.Question}";
        var of = approval.FlowId is { } flow ? $" of step {approval.Step} in flow {flow} (job \"{approval.JobName}\")" : "";
        yield return $"It is {FlowForms.Name(approval.Status)}{of}, asked {Words.Local(approval.Created)}.";
        if (approval.AskedBy is { } asker)
            yield return $"Asked by: {asker}, who does not decide.";
        if (approval.Used is { } used)
            yield return $"Done: {Words.Local(used)}.";
        if (approval.Reason is { } reason)
            yield return $"Reason: {reason}";
        foreach (var (name, value) in Shown(approval.ShownJson))
            yield return $"  {name}: {value}";
        foreach (var (name, takes) in ApprovalInput.Describe(approval.FieldsJson))
            yield return $"Field {name}: {takes}";
        var need = approval.Need > 1 ? $"; {approval.Need} different people must approve" : "";
        yield return $"Who may decide: {Decider.InWords(approval.ByJson)}{need}.";
        if (approval.Expires is { } expires)
            yield return $"Expires {Words.Local(expires)}, then: {approval.OnExpiry}.";
        foreach (var (actor, approves, at) in decisions)
            yield return $"{(approves ? "Approved" : "Rejected")} by {actor}, {Words.Local(at)}.";
        if (approval.Status == ApprovalStatus.Waiting)
            yield return $"`aios approve {approval.Id}` or `aios reject {approval.Id} --reason TEXT` decides.";
    }

    private static IEnumerable<(string Name, string Value)> Shown(string json)
    {
        using var document = JsonDocument.Parse(json, DeepJson.Options);
        return
        [
            .. document
                .RootElement.EnumerateObject()
                .Select(member =>
                    (member.Name, member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText())
                ),
        ];
    }

    private static IEnumerable<ApprovalRecord> Approvals(IStoreReader? reader, ApprovalStatus? status)
    {
        long? before = null;
        do
        {
            if (reader?.ApprovalPage(new RowFilter(), status, before, AtOnce) is not { } page)
                yield break;
            foreach (var approval in page.Items)
                yield return approval;
            before = page.Next;
        } while (before is not null);
    }
}
