using System.Text.Json;
using Aios.Jobs;
using Aios.Store.Flows;

namespace Aios.Flows;

/// <summary>What becomes of an approval that nobody has decided in time.</summary>
internal static class ApprovalExpiry
{
    /// <summary>Does it, unless somebody has decided meanwhile.</summary>
    public static void Apply(IApprovals approvals, ApprovalRecord approval, DateTimeOffset now)
    {
        if (approval is { OnExpiry: "escalate", EscalateJson: { } others, Expires: { } expires })
            approvals.Escalate(
                approval.Id,
                others,
                now + (expires - approval.Created),
                $"escalated, for nobody decided until {Scheduling.TimeWords.Of(expires)}"
            );
        else if (approval.OnExpiry == "approve")
            approvals.End(approval.Id, ApprovalStatus.Approved, "approved by itself, for nobody decided in time", now, Defaults(approval));
        else
            approvals.End(approval.Id, ApprovalStatus.Expired, "nobody decided in time", now);
    }

    private static string Defaults(ApprovalRecord approval)
    {
        using var fields = JsonDocument.Parse(ForeignJson.OrText(approval.FieldsJson));
        if (fields.RootElement.ValueKind != JsonValueKind.Object)
            return "{}";
        return JsonText.Write(json =>
        {
            json.WriteStartObject();
            foreach (var field in fields.RootElement.EnumerateObject())
            {
                json.WritePropertyName(field.Name);
                if (field.Value.ValueKind == JsonValueKind.Object && field.Value.TryGetProperty("default", out var value))
                    value.WriteTo(json);
                else
                    json.WriteNullValue();
            }

            json.WriteEndObject();
        });
    }
}
