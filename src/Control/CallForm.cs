using System.Text.Json;
using Aios.Store.Models;

namespace Aios.Control;

/// <summary>The form of a call to a language model in JSON: times in seconds, cost in US dollars.</summary>
internal static class CallForm
{
    /// <summary>Writes it.</summary>
    public static void WriteCall(this Utf8JsonWriter json, CallRecord call)
    {
        json.WriteStartObject();
        json.WriteNumber("id", call.Id);
        json.WriteNumber("call", call.Call);
        json.WriteNumber("attempt", call.Attempt);
        json.WriteInstant("created", call.Created);
        json.WriteNumberOrNull("run_id", call.RunId);
        json.WriteNumberOrNull("flow_id", call.FlowId);
        json.WriteText("job_name", call.JobName);
        json.WriteText("caller", call.Caller);
        json.WriteString("route", call.Route);
        json.WriteString("kind", call.Kind);
        json.WriteText("model", call.Model);
        json.WriteText("provider", call.Provider);
        json.WriteString("outcome", call.Outcome.Name());
        json.WriteText("reason", call.Reason);
        json.WriteNumber("input_tokens", call.Tokens.Input);
        json.WriteNumber("output_tokens", call.Tokens.Output);
        json.WriteNumber("cached_input_tokens", call.Tokens.CachedInput);
        json.WriteNumber("cache_write_tokens", call.Tokens.CacheWrite);
        json.WriteNumber("reasoning_tokens", call.Tokens.Reasoning);
        json.WriteNumber("images", call.Tokens.Images);
        json.WriteString("counted", call.IsCountedHere ? "aios" : "provider");
        json.WriteNumber("cost", call.Cost);
        json.WriteNumber("reserved", call.Reserved);
        json.WriteText("provider_request", call.ProviderRequest);
        json.WriteText("response_id", call.ResponseId);
        json.WriteInstant("reconciled", call.Reconciled);
        json.WriteText("reconciled_by", call.ReconciledBy);
        json.WriteNumberOrNull("former_cost", (double?)call.FormerCost);
        json.WriteNumberOrNull("first_token", call.FirstToken?.TotalSeconds);
        json.WriteNumberOrNull("duration", call.Duration?.TotalSeconds);
        json.WriteNumberOrNull("confidence", call.Confidence);
        json.WriteAny("verification", call.VerificationJson);
        json.WriteAny("why", call.WhyJson);
        json.WriteAny("price", call.PriceJson);
        json.WriteEndObject();
    }

    /// <summary>Writes what calls have cost.</summary>
    public static void WriteTotal(this Utf8JsonWriter json, CallTotal total)
    {
        json.WriteStartObject();
        json.WriteString("name", total.Name);
        json.WriteNumber("calls", total.Calls);
        json.WriteNumber("input_tokens", total.InputTokens);
        json.WriteNumber("output_tokens", total.OutputTokens);
        json.WriteNumber("cost", total.Cost);
        json.WriteNumber("unknown_cost", total.UnknownCost);
        json.WriteEndObject();
    }
}
