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
internal sealed class Approvals(FlowState state)
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
        var text = question ?? $"Step {row.Step} of flow {state.Flow.JobName} has failed. What now?";
        var approval = new ApprovalRecord(0, ApprovalKinds.Recovery, text, shown, Digest(text, shown, row))
        {
            FlowId = row.FlowId,
            Step = row.Step,
            JobName = state.Flow.JobName,
            FieldsJson = Answers,
            Created = state.Now,
        };
        return Waiting(row with { Ended = null, TriggerId = null }, approval);
    }

    /// <summary>The row after a decision, or as it was if there is none yet.</summary>
    public StepRecord TakeDecision(StepRecord row, FlowStep acting)
    {
        if (state.Queue.Flows is not { } || state.Queue.Approvals.Latest(row.FlowId, row.Step) is not { } approval)
            return row;
        if (approval.Status == ApprovalStatus.Waiting)
            return row;
        if (approval.Kind == ApprovalKinds.Step && approval.Status != ApprovalStatus.Void && IsStale(approval, row, acting))
            return AskAnew(row, acting);
        return approval.Status switch
        {
            ApprovalStatus.Approved => row with
            {
                Status = StepStatus.Succeeded,
                ResultJson = approval.ResultJson ?? "{}",
                Reason = approval.Reason,
            },
            ApprovalStatus.Void when acting.Job.Work is ApprovalWork => Ask(row, acting),
            _ => row with { Status = StepStatus.Failed, Reason = approval.Reason ?? "rejected" },
        };
    }

    /// <summary>What a person answered about a step that has failed: whether to do it again, or the value to go on with.</summary>
    public static (bool Again, bool Skips, string? ValueJson) AnswerOf(string? resultJson)
    {
        using var document = JsonDocument.Parse(resultJson ?? "{}", DeepJson.Options);
        var answer = document.RootElement.TryGetProperty(AnswerField, out var given) ? given.GetString() : null;
        var value = document.RootElement.TryGetProperty(ValueField, out var entered) ? entered.GetRawText() : null;
        return (answer == Again, answer == Skip, value);
    }

    private StepRecord AskAnew(StepRecord row, FlowStep acting) => Ask(row with { Ended = null }, acting);

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
        using var question = JsonDocument.Parse(
            state.Evaluate("approval", JsonText.Write(json => json.WriteStringValue(work.Question)), row.Item)
        );
        var text =
            question.RootElement.ValueKind == JsonValueKind.String ? question.RootElement.GetString()! : question.RootElement.GetRawText();
        var shown = state.Evaluate("show", work.ShowJson, row.Item);
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
