using System.Text.Json;
using Aios.Jobs;
using Aios.Models.Configuration;
using Aios.Models.Wire;
using Aios.Platform;
using Aios.Store.Models;

namespace Aios.Models.Calls;

/// <summary>What the ledger keeps of an attempt.</summary>
internal static class CallRecords
{
    /// <summary>The row, without when and what it cost.</summary>
    public static CallRecord Of(
        long id,
        long number,
        GatewayCall call,
        ModelRoute route,
        Candidate? candidate,
        CallOutcome outcome,
        string? reason,
        AnswerAttempt? attempt,
        ModelPrice? price,
        KeptBodies keep,
        IReadOnlyList<CandidateNote> notes
    )
    {
        var usage = outcome == CallOutcome.Ok ? attempt!.Usage : default;
        return new CallRecord(id, number, default, route.Name, call.Kind, outcome)
        {
            RunId = call.Caller.RunId,
            FlowId = call.Caller.FlowId,
            JobName = call.Caller.JobName,
            Caller = call.Caller.Name,
            Model = candidate?.Model.Name,
            Provider = candidate?.Provider.Name,
            WhyJson = WhyOf(route, notes),
            Reason = reason,
            Tokens = new(usage.Input, usage.Output, usage.CachedInput, usage.CacheWrite, usage.Reasoning, usage.Images),
            IsCountedHere = outcome == CallOutcome.Ok && attempt!.IsCountedHere,
            PriceJson = price is null ? null : PriceOf(price),
            ProviderRequest = attempt?.ProviderRequest,
            ResponseId = attempt?.Identity.Id,
            FirstToken = attempt?.FirstToken,
            Duration = attempt?.Duration,
            Request = Kept(() => BodyOf(call, candidate), keep),
            Response = attempt is null ? null : Kept(() => attempt.Text, keep),
        };
    }

    // What AIOS itself asks came in no format: it is kept as OpenAI has it.
    private static string BodyOf(GatewayCall call, Candidate? candidate)
    {
        if (call.Body.ValueKind != JsonValueKind.Undefined)
            return call.Body.GetRawText();
        var model = candidate?.Model ?? LanguageModel.Blank with { Name = call.Route };
        return JsonText.Write(json => WireFormats.Of(ProviderKind.OpenAi).WriteRequest(json, call.Chat, model));
    }

    private static string WhyOf(ModelRoute route, IReadOnlyList<CandidateNote> notes) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("strategy", route.Strategy.ToString().ToLowerInvariant());
            json.WriteStartArray("models");
            foreach (var note in notes)
            {
                json.WriteStartObject();
                json.WriteString("model", note.Model);
                json.WriteString("note", note.Note);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static string PriceOf(ModelPrice price) => JsonText.Write(json => Formats.Price.WriteValue(json, price));

    private static string? Kept(Func<string> text, KeptBodies keep) =>
        keep switch
        {
            KeptBodies.Full => text(),
            KeptBodies.Hash => Convert.ToHexStringLower(Sha256.Of(System.Text.Encoding.UTF8.GetBytes(text()))),
            _ => null,
        };

    private static class Formats
    {
        public static readonly PriceFormat Price = new();
    }
}
