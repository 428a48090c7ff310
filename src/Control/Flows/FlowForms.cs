using System.Text.Json;
using Aios.Jobs;
using Aios.Store.Flows;

namespace Aios.Control.Flows;

/// <summary>The forms that flows and approvals have in JSON, for programs; see <see cref="JsonForms"/>.</summary>
internal static class FlowForms
{
    /// <summary>The word for how an approval stands.</summary>
    public static string Name(ApprovalStatus status) =>
        status switch
        {
            ApprovalStatus.Waiting => "waiting",
            ApprovalStatus.Approved => "approved",
            ApprovalStatus.Rejected => "rejected",
            ApprovalStatus.Expired => "expired",
            _ => "void",
        };

    /// <summary>A flow in a list.</summary>
    public static void WriteFlow(this Utf8JsonWriter json, FlowSummary flow)
    {
        json.WriteStartObject();
        json.WriteFlowMembers(flow);
        json.WriteEndObject();
    }

    /// <summary>A flow with its steps.</summary>
    public static void WriteFlow(this Utf8JsonWriter json, FlowView flow)
    {
        json.WriteStartObject();
        json.WriteFlowMembers(flow.Summary);
        json.WriteAny("args", flow.Details.ArgsJson);
        json.WriteAny("kwargs", flow.Details.KwargsJson);
        json.WriteAny("result", flow.Details.ResultJson);
        json.WriteFile(flow.Details.ResultFile);
        json.WriteArray("steps", flow.Steps, WriteStep);
        json.WriteEndObject();
    }

    /// <summary>A question to a person.</summary>
    public static void WriteApproval(this Utf8JsonWriter json, ApprovalRecord approval)
    {
        json.WriteStartObject();
        json.WriteApprovalMembers(approval);
        json.WriteEndObject();
    }

    /// <summary>The same with what people have decided.</summary>
    public static void WriteApproval(this Utf8JsonWriter json, ApprovalRecord approval, IReadOnlyList<Decision> decisions)
    {
        json.WriteStartObject();
        json.WriteApprovalMembers(approval);
        json.WriteArray("decisions", decisions, WriteDecision);
        json.WriteEndObject();
    }

    private static void WriteFlowMembers(this Utf8JsonWriter json, FlowSummary flow)
    {
        json.WriteNumber("id", flow.Id);
        json.WriteNumber("run_id", flow.RunId);
        json.WriteNumberOrNull("parent_id", flow.ParentId);
        json.WriteString("job_name", flow.JobName);
        json.WriteString("status", flow.Status);
        json.WriteText("reason", flow.Reason);
        json.WriteText("waits_for", flow.WaitsFor);
        json.WriteNumber("attempt", flow.Attempt);
        json.WriteInstant("started", flow.Started);
        json.WriteInstant("ended", flow.Ended);
        json.WriteInstant("due", flow.Due);
    }

    /// <summary>An item of a step with <c>each</c>.</summary>
    public static void WriteItem(this Utf8JsonWriter json, StepSummary item)
    {
        json.WriteStartObject();
        json.WriteNumber("item", item.Step.Item);
        json.WriteString("status", item.Step.Status.Name());
        json.WriteText("reason", item.Step.Reason ?? (item.Step.IsOver ? null : item.TriggerReason));
        json.WriteNumber("attempts", item.Attempts);
        json.WriteProgress(item);
        json.WriteAny("result", item.Step.ResultJson);
        json.WriteNumberOrNull("result_bytes", item.ResultBytes);
        json.WriteFile(item.Step.ResultFile);
        json.WriteEndObject();
    }

    private static void WriteProgress(this Utf8JsonWriter json, StepSummary? step)
    {
        var row = step?.Step;
        json.WriteInstant("started", row?.Started);
        json.WriteInstant("ended", row?.Ended);
        json.WriteInstant("due", row?.Due);
        json.WriteNumberOrNull("trigger_id", row?.TriggerId);
        json.WriteAny("args", step?.ArgsJson);
        json.WriteAny("kwargs", step?.KwargsJson);
        json.WriteNumberOrNull("run_id", step?.RunId);
        json.WriteNumberOrNull("flow_id", step is { IsFlow: true } ? row?.TriggerId : null);
        json.WriteText("signal", row?.Signal);
    }

    private static void WriteStep(Utf8JsonWriter json, StepView step)
    {
        var row = step.Row?.Step;
        json.WriteStartObject();
        json.WriteString("name", step.Name);
        json.WriteText("kind", step.Kind);
        json.WriteArray("needs", step.Needs, (writer, name) => writer.WriteStringValue(name));
        json.WriteAny("definition", step.Definition is { } definition ? MaskedDefinition.OfStep(definition.Json) : null);
        json.WriteString("status", step.Status);
        json.WriteText("reason", row?.Reason ?? step.Row?.TriggerReason);
        json.WriteNumber("attempts", step.Attempts);
        json.WriteProgress(step.Row);
        json.WriteNumberOrNull("approval_id", step.Row?.ApprovalId);
        WriteItems(json, step);
        json.WriteArray("tried", step.Detail.Tried, WriteTried);
        json.WriteAny("result", row?.ResultJson);
        json.WriteNumberOrNull("result_bytes", step.Row?.ResultBytes);
        json.WriteFile(row?.ResultFile);
        json.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter json, StepView step)
    {
        if (step.Detail.Count is not { } count)
        {
            json.WriteNull("items");
            return;
        }

        json.WriteStartObject("items");
        json.WriteNumber("count", count);
        json.WriteNumber("done", step.Detail.Next - step.Detail.Open);
        json.WriteNumber("open", step.Detail.Open);
        json.WriteNumber("failed", step.Detail.Failed);
        json.WriteEndObject();
    }

    private static void WriteTried(Utf8JsonWriter json, Aios.Flows.TriedRung tried)
    {
        json.WriteStartObject();
        json.WriteString("recovery", tried.Rung);
        json.WriteString("reason", tried.Reason);
        json.WriteInstant("at", Aios.Store.UnixTime.ToInstant(tried.At));
        json.WriteEndObject();
    }

    private static void WriteApprovalMembers(this Utf8JsonWriter json, ApprovalRecord approval)
    {
        json.WriteNumber("id", approval.Id);
        json.WriteString("kind", approval.Kind);
        json.WriteNumberOrNull("flow_id", approval.FlowId);
        json.WriteText("step", approval.Step);
        json.WriteText("job_name", approval.JobName);
        json.WriteString("question", approval.Question);
        json.WriteAny("shown", approval.ShownJson);
        json.WriteString("digest", approval.Digest);
        json.WriteAny("fields", approval.FieldsJson);
        json.WriteAny("by", approval.ByJson);
        json.WriteNumber("need", approval.Need);
        json.WriteString("status", Name(approval.Status));
        json.WriteText("reason", approval.Reason);
        json.WriteInstant("created", approval.Created);
        json.WriteInstant("expires", approval.Expires);
        json.WriteString("on_expiry", approval.OnExpiry);
        json.WriteInstant("decided", approval.Decided);
        json.WriteAny("result", approval.ResultJson);
        json.WriteText("operation", approval.Operation);
        json.WriteText("asked_by", approval.AskedBy);
        json.WriteInstant("used", approval.Used);
    }

    private static void WriteDecision(Utf8JsonWriter json, Decision decision)
    {
        json.WriteStartObject();
        json.WriteString("actor", decision.Actor);
        json.WriteString("origin", decision.Origin);
        json.WriteString("decision", decision.Approves ? "approve" : "reject");
        json.WriteInstant("at", decision.At);
        json.WriteText("comment", decision.Comment);
        json.WriteAny("fields", decision.FieldsJson);
        json.WriteEndObject();
    }
}
