using System.Globalization;
using System.Text;
using System.Text.Json;
using Aios.Jobs;
using Aios.Jobs.Formats;
using Aios.Jobs.Works;
using Aios.Platform;
using Aios.Store.Flows;

namespace Aios.Flows;

/// <summary>The questions of a flow to people.</summary>
internal sealed class Approvals(FlowState state, ShownPictures pictures)
{
    private const string Again = "again";
    private const string Skip = "skip";
    private const string AnswerField = "answer";
    private const string ValueField = "value";
    private const string GiveUp = "give up";

    private const string Answers = $$$"""
        {"{{{AnswerField}}}":{"type":"choice","choices":["{{{Again}}}","{{{Skip}}}","{{{GiveUp}}}"]},"{{{ValueField}}}":{"type":"text","default":null}}
        """;

    /// <summary>Asks what a step asks.</summary>
    public StepRecord Ask(StepRecord row, FlowStep step)
    {
        var work = (ApprovalWork)step.Job.Work;
        var approval = Of(step, row) with
        {
            FlowId = row.FlowId,
            Step = row.Step,
            JobName = state.Flow.JobName,
            FieldsJson = JsonText.Write(json => new ApprovalFieldsFormat().WriteValue(json, work.Fields)),
            ByJson = Names(work.By),
            Need = work.Need,
            Created = state.Now,
            Expires = work.Expires is { } span ? state.Now + span : null,
            OnExpiry = work.OnExpiry.ToString().ToLowerInvariant(),
            EscalateJson = work.OnExpiry == OnExpiry.Escalate ? Names(work.Escalate) : null,
        };
        return Waiting(row, approval);
    }

    /// <summary>Asks what becomes of a step that has failed.</summary>
    public StepRecord AskAfterFailure(StepRecord row, string? question, string reason)
    {
        var shown = JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("step", row.Step);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        });
        var text = question is null ? $"Step {row.Step} of flow {state.Flow.JobName} has failed. What now?" : Told(question, row.Item);
        var approval = new ApprovalRecord(0, ApprovalKinds.Recovery, text, shown, Digest(text, shown, row))
        {
            FlowId = row.FlowId,
            Step = row.Step,
            JobName = state.Flow.JobName,
            FieldsJson = Answers,
            Created = state.Now,
        };
        return Waiting(row with { Ended = null, TriggerId = null, Due = null, Wait = null, Signal = null }, approval);
    }

    /// <summary>The row after a decision, or as it was if there is none yet.</summary>
    public StepRecord TakeDecision(StepRecord row, FlowStep acting)
    {
        if (state.Queue.Approvals.Latest(row.FlowId, row.Step) is not { } approval)
            return row with { Status = StepStatus.Failed, Reason = "its question was deleted from the database" };
        if (approval.Status == ApprovalStatus.Waiting)
            return row;
        if (approval.Kind == ApprovalKinds.Step && approval.Status != ApprovalStatus.Void && IsStale(approval, row, acting))
            return AskAnew(approval, row, acting);
        if (approval is { Kind: ApprovalKinds.Recovery, Status: ApprovalStatus.Void })
            return AskAgain(row, approval);
        return approval.Status switch
        {
            ApprovalStatus.Approved => row with
            {
                Status = StepStatus.Succeeded,
                ResultJson = ForeignJson.OrText(approval.ResultJson ?? "{}"),
                Reason = approval.Reason,
            },
            ApprovalStatus.Void when acting.Job.Work is ApprovalWork => Ask(row, acting),
            _ => row with { Status = StepStatus.Failed, Reason = approval.Reason ?? "rejected" },
        };
    }

    /// <summary>What a person answered about a step that has failed: whether to do it again, or the value to go on with.</summary>
    public static (bool Again, bool Skips, string? ValueJson) AnswerOf(string? resultJson)
    {
        using var document = JsonDocument.Parse(ForeignJson.OrText(resultJson ?? "{}"), DeepJson.Options);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(AnswerField, out var answer))
            return (false, false, null);
        var value = root.TryGetProperty(ValueField, out var entered) ? JsonOf(entered) : null;
        return (Is(answer, Again), Is(answer, Skip), value);

        static bool Is(JsonElement answer, string word) => answer.ValueKind == JsonValueKind.String && answer.ValueEquals(word);
    }

    // A person is asked even if nobody can tell what a reference in the question stands for.
    private string Told(string question, int item)
    {
        try
        {
            return Text("recover", question, item);
        }
        catch (StepException)
        {
            return question;
        }
    }

    private string Text(string field, string template, int item)
    {
        using var value = JsonDocument.Parse(state.Evaluate(field, JsonText.Write(json => json.WriteStringValue(template)), item));
        return value.RootElement.ValueKind == JsonValueKind.String ? value.RootElement.GetString()! : value.RootElement.GetRawText();
    }

    private StepRecord AskAnew(ApprovalRecord approval, StepRecord row, FlowStep acting)
    {
        state.Queue.Approvals.Withdraw(approval.Id, "what was shown, or what follows, has changed since");
        return Ask(row with { Ended = null }, acting);
    }

    // A person types a text; what is JSON in it is meant as that.
    private static string JsonOf(JsonElement entered)
    {
        if (entered.ValueKind != JsonValueKind.String)
            return entered.GetRawText();
        try
        {
            var text = entered.GetString()!;
            using var document = JsonDocument.Parse(text, DeepJson.Options);
            return text;
        }
        catch (JsonException)
        {
            return entered.GetRawText();
        }
    }

    // The same question, for the plan that the flow has now.
    private StepRecord AskAgain(StepRecord row, ApprovalRecord former) =>
        Waiting(row, former with { Digest = Digest(former.Question, former.ShownJson, row), Created = state.Now });

    private bool IsStale(ApprovalRecord approval, StepRecord row, FlowStep acting)
    {
        try
        {
            return acting.Job.Work is ApprovalWork && Of(acting, row).Digest != approval.Digest;
        }
        catch (StepException)
        {
            return true;
        }
    }

    private ApprovalRecord Of(FlowStep step, StepRecord row)
    {
        var work = (ApprovalWork)step.Job.Work;
        var text = Text("approval", work.Question, row.Item);
        var shown = pictures.Describe(state.Evaluate("show", work.ShowJson, row.Item));
        return new ApprovalRecord(0, ApprovalKinds.Step, text, shown, Digest(text, shown, row));
    }

    // Of all that the person sees, and of all that follows: the plan.
    private string Digest(string question, string shown, StepRecord row)
    {
        var text = JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("question", question);
            json.WritePropertyName("shown");
            json.WriteRawValue(shown, skipInputValidation: true);
            json.WriteNumber("flow", row.FlowId);
            json.WriteString("step", row.Step);
            json.WriteString("attempt", row.Attempt.ToString(CultureInfo.InvariantCulture));
            json.WriteString("plan", state.Plan.Digest);
            json.WriteEndObject();
        });
        return Convert.ToHexStringLower(Sha256.Of(Encoding.UTF8.GetBytes(text)));
    }

    private StepRecord Waiting(StepRecord row, ApprovalRecord approval)
    {
        var id = state.Queue.Approvals.Ask(approval);
        state.Asked.Add(approval with { Id = id });
        return row with { Status = StepStatus.Waiting, Reason = $"waits for approval {id}" };
    }

    private static string Names(IEnumerable<string> names) =>
        JsonText.Write(json =>
        {
            json.WriteStartArray();
            foreach (var name in names)
                json.WriteStringValue(name);
            json.WriteEndArray();
        });
}
