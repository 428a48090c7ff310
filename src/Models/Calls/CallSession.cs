using System.Buffers;
using System.Text;
using System.Text.Json;
using Aios.Jobs;
using Aios.Models.Configuration;
using Aios.Models.Money;
using Aios.Models.Wire;
using Aios.Store.Models;

namespace Aios.Models.Calls;

/// <summary>One call: asks the models of its route one after another until one answers, and writes each attempt to the ledger.</summary>
internal sealed class CallSession(
    LiveCalls live,
    GatewayCall call,
    ModelSettings settings,
    ModelRoute route,
    CancellationToken cancellation
)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly JsonWriterOptions WriterOptions = new() { SkipValidation = true };

    private readonly long _began = live.Clock.GetTimestamp();
    private readonly List<CandidateNote> _notes = [];
    private readonly List<string> _ignored = [];
    private GatewayError? _error;
    private TimeSpan? _rest;
    private TimeSpan _atProviders;
    private int _asked;
    private long _number;
    private long? _attempt;

    /// <summary>Does it.</summary>
    public async Task<GatewayReply> Run()
    {
        _number = await live.Log.NextNumber().ConfigureAwait(false);
        _attempt = _number;
        var privacy = Strictest(settings.Privacy, route.Privacy, call.Caller.Privacy);
        var needs = call.IsEmbeddings ? ModelAbilities.Embeddings : CandidateChooser.NeedsOf(call.Chat);
        var candidates = live.Chooser.Choose(settings, route, privacy, needs, _notes);
        if (candidates.Count == 0)
            return await Refuse(CallErrors.NobodyFits(route.Name, _notes)).ConfigureAwait(false);
        for (var round = 0; round <= route.Retries; round++)
        {
            if (round > 0)
                await Wait(round).ConfigureAwait(false);
            foreach (var candidate in candidates)
            {
                if (await Try(candidate).ConfigureAwait(false) is { } reply)
                    return reply;
            }
        }

        return _error is { } error
            ? Reply(error)
            : await Refuse(CallErrors.AllRest(route.Name, _rest ?? LongestWait)).ConfigureAwait(false);
    }

    private Task Wait(int round)
    {
        var wait = TimeSpan.FromSeconds(Math.Pow(2, round - 1));
        wait = _rest is { } rest && rest > wait ? rest : wait;
        return Task.Delay(wait < LongestWait ? wait : LongestWait, live.Clock, cancellation);
    }

    // Null: the next model is to be asked.
    private async Task<GatewayReply?> Try(Candidate candidate)
    {
        if (candidate.Model.Price is not { } price)
        {
            _notes.Add(new CandidateNote(candidate.Model.Name, "not asked: it has no price"));
            await Record(candidate, CallOutcome.Refused, "it has no price", new Charge(0, 0)).ConfigureAwait(false);
            _error = CallErrors.PriceMissing(candidate.Model.Name);
            return null;
        }

        if (candidate.Meter.TryEnter() is { } rest)
            return Rests(candidate, rest, "it has failed lately");
        try
        {
            return await Hold(candidate, price).ConfigureAwait(false);
        }
        catch
        {
            // Whatever that was, it says nothing of the model.
            candidate.Meter.Leave();
            throw;
        }
    }

    private async Task<GatewayReply?> Hold(Candidate candidate, ModelPrice price)
    {
        var body = BodyFor(candidate);
        var input = TokenCount.MostOf(call.Chat, body.WrittenCount);
        var output = call.IsEmbeddings ? 0 : (long)MostOutput(candidate.Model) * call.Chat.Answers;
        if (live.Rates(candidate.Provider.Name).TryTake(candidate.Provider, input + output) is { } wait)
        {
            candidate.Meter.Leave();
            return Rests(candidate, wait, $"\"{candidate.Provider.Name}\" is at its limit for a minute");
        }

        var most = price.MostFor(input, output, call.Chat.Images);
        var claims = BudgetClaim.Of(settings, call.Caller, route.Name, candidate.Provider.Name, live.Clock.GetUtcNow());
        var (held, shortage) = await live.Budgets.Reserve(claims, Nanodollars.Of(most), cancellation).ConfigureAwait(false);
        if (shortage is not null)
            return await Exceeds(candidate, shortage, most).ConfigureAwait(false);
        return await Ask(candidate, price, body.WrittenMemory, new Charge(most, input, held!)).ConfigureAwait(false);
    }

    private GatewayReply? Rests(Candidate candidate, TimeSpan rest, string why)
    {
        _notes.Add(new CandidateNote(candidate.Model.Name, $"not asked: {why}; for {Math.Ceiling(rest.TotalSeconds):0} s more"));
        _rest = _rest is { } shortest && shortest < rest ? shortest : rest;
        return null;
    }

    private async Task<GatewayReply?> Exceeds(Candidate candidate, BudgetShortage shortage, decimal most)
    {
        candidate.Meter.Leave();
        var reason = $"{shortage}; the call can cost {CallErrors.Money(most)} USD";
        _notes.Add(new CandidateNote(candidate.Model.Name, $"not asked: {reason}"));
        _error = CallErrors.BudgetExceeded(shortage, most);
        await Record(candidate, CallOutcome.Refused, reason, new Charge(most, 0)).ConfigureAwait(false);
        return shortage.Claim.Budget.OnExcess == ExcessAction.Downgrade ? null : Reply(_error);
    }

    private async Task<GatewayReply?> Ask(Candidate candidate, ModelPrice price, ReadOnlyMemory<byte> body, Charge charge)
    {
        _asked++;
        var began = live.Clock.GetTimestamp();
        AnswerAttempt? attempt = null;
        try
        {
            attempt = new AnswerAttempt(live, call, candidate, body, began);
            var failure = await attempt.Begin(cancellation).ConfigureAwait(false);
            _atProviders += live.Clock.GetElapsedTime(began);
            if (failure is not null)
                return await Fail(candidate, attempt, price, failure, charge).ConfigureAwait(false);
        }
        catch
        {
            // Nobody knows what came of it.
            charge.Held?.Keep();
            attempt?.Dispose();
            throw;
        }

        _notes.Add(new CandidateNote(candidate.Model.Name, "asked: it answered"));
        return call.Chat.Streams
            ? ReplyStream(candidate, attempt, price, charge)
            : await ReplyWhole(candidate, attempt, price, charge).ConfigureAwait(false);
    }

    private async Task<GatewayReply?> Fail(
        Candidate candidate,
        AnswerAttempt attempt,
        ModelPrice price,
        AttemptFailure failure,
        Charge charge
    )
    {
        _notes.Add(new CandidateNote(candidate.Model.Name, $"asked: {failure.Reason}"));
        await Lose(candidate, attempt, price, failure, charge).ConfigureAwait(false);
        _error = CallErrors.Of(failure, candidate.Model.Name);
        return (route.FallbackOn & failure.Kind) != 0 ? null : Reply(_error);
    }

    private async Task Lose(Candidate candidate, AnswerAttempt attempt, ModelPrice price, AttemptFailure failure, Charge charge)
    {
        attempt.Dispose();
        // A request that is wrong, or too long, says nothing of the model.
        if (failure.Kind is FailureKind.BadRequest or FailureKind.Context)
            candidate.Meter.Leave();
        else
            candidate.Meter.Fail(failure.RetryAfter);
        if (failure.MayBeBilled)
            charge.Held?.Keep();
        else
            charge.Held?.Settle(0);
        var outcome = failure.MayBeBilled ? CallOutcome.Unknown : CallOutcome.Failed;
        await Record(candidate, outcome, failure.Reason, charge, attempt, price, failure.MayBeBilled ? charge.Most : 0)
            .ConfigureAwait(false);
    }

    private async Task<GatewayReply> ReplyWhole(Candidate candidate, AnswerAttempt attempt, ModelPrice price, Charge charge)
    {
        using (attempt)
        {
            var cost = await Settle(candidate, attempt, price, charge).ConfigureAwait(false);
            var body = attempt.IsForwarded ? attempt.Body : Written(candidate, attempt.Answer!);
            return new GatewayReply(200, body, null) { Headers = HeadersOf(candidate, cost) };
        }
    }

    private GatewayReply ReplyStream(Candidate candidate, AnswerAttempt attempt, ModelPrice price, Charge charge)
    {
        var relay = new StreamRelay(call, attempt, HeadOf(candidate));
        return new GatewayReply(200, null, async (output, gone) =>
        {
            AttemptFailure? failure = new(FailureKind.Connection, "the stream was not read to its end") { MayBeBilled = true };
            try
            {
                failure = await relay.Run(output, gone).ConfigureAwait(false);
            }
            finally
            {
                await EndStream(candidate, attempt, price, charge, failure).ConfigureAwait(false);
            }
        }) { Headers = HeadersOf(candidate, null) };
    }

    private async Task EndStream(Candidate candidate, AnswerAttempt attempt, ModelPrice price, Charge charge, AttemptFailure? failure)
    {
        if (failure is not null)
        {
            await Lose(candidate, attempt, price, failure, charge).ConfigureAwait(false);
            return;
        }

        using (attempt)
            await Settle(candidate, attempt, price, charge).ConfigureAwait(false);
    }

    // It was answered; the answer is what that did cost.
    private async Task<decimal> Settle(Candidate candidate, AnswerAttempt attempt, ModelPrice price, Charge charge)
    {
        var cost = price.CostOf(attempt.Usage);
        charge.Held?.Settle(Nanodollars.Of(attempt.IsCountedHere ? MostOf(attempt, price, charge) : cost));
        candidate.Meter.Succeed(attempt.FirstToken ?? attempt.Duration, attempt.Duration);
        await Record(candidate, CallOutcome.Ok, null, charge, attempt, price, cost).ConfigureAwait(false);
        return cost;
    }

    // A budget counts what an answer can have cost whose tokens AIOS has counted; the ledger, what it probably did.
    private decimal MostOf(AnswerAttempt attempt, ModelPrice price, Charge charge) =>
        Math.Min(charge.Most, price.MostFor(charge.Input, Encoding.UTF8.GetByteCount(attempt.Text), call.Chat.Images));

    private ArrayBufferWriter<byte> BodyFor(Candidate candidate)
    {
        var wire = WireFormats.Of(candidate.Provider.Kind!.Value);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, WriterOptions);
        var limit =
            call.Chat.MaxTokens is null && !call.IsEmbeddings && !settings.Budgets.IsEmpty ? MostOutput(candidate.Model) : (int?)null;
        if (call.IsForwardedTo(candidate.Provider))
        {
            wire.Forward(json, call.Body, candidate.Model, limit);
            return buffer;
        }

        foreach (var field in call.Chat.Unknown.Concat(wire.LeftOut(call.Chat)).Where(field => !_ignored.Contains(field)))
            _ignored.Add(field);
        wire.WriteRequest(json, limit is { } most ? call.Chat with { MaxTokens = most } : call.Chat, candidate.Model);
        json.Flush();
        return buffer;
    }

    private int MostOutput(LanguageModel model) => call.Chat.MaxTokens ?? model.MaxOutput ?? LanguageModel.StandardMaxOutput;

    private ReadOnlyMemory<byte> Written(Candidate candidate, ChatAnswer answer) =>
        Json.Bytes(json => call.Wire.WriteAnswer(json, answer, HeadOf(candidate)));

    private AnswerHead HeadOf(Candidate candidate) => new(_number, candidate.Model.Name, live.Clock.GetUtcNow());

    private async Task<GatewayReply> Refuse(GatewayError error)
    {
        await Record(null, CallOutcome.Refused, error.Message, new Charge(0, 0)).ConfigureAwait(false);
        return Reply(error);
    }

    private GatewayReply Reply(GatewayError error)
    {
        var reply = ModelGateway.ErrorReply(call.Wire, error);
        return reply with { Headers = [.. reply.Headers, .. CommonHeaders()] };
    }

    private List<(string Name, string Value)> HeadersOf(Candidate candidate, decimal? cost)
    {
        var headers = CommonHeaders();
        headers.Add(("x-aios-model", candidate.Model.Name));
        if (cost is { } dollars)
            headers.Add(("x-aios-cost", CallErrors.Money(dollars)));
        if (_ignored.Count > 0)
            headers.Add(("x-aios-ignored", string.Join(", ", _ignored.Where(IsPlain))));
        return headers;
    }

    private List<(string Name, string Value)> CommonHeaders()
    {
        var overhead = live.Clock.GetElapsedTime(_began) - _atProviders;
        return
        [
            ("x-aios-call", Text(_number)),
            ("x-aios-attempts", Text(_asked)),
            ("x-aios-overhead-ms", overhead.TotalMilliseconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)),
        ];
    }

    private async Task Record(
        Candidate? candidate,
        CallOutcome outcome,
        string? reason,
        Charge charge,
        AnswerAttempt? attempt = null,
        ModelPrice? price = null,
        decimal cost = 0
    )
    {
        var id = _attempt ?? await live.Log.NextNumber().ConfigureAwait(false);
        _attempt = null;
        live.Log.Add(
            CallRecords.Of(id, _number, call, route, candidate, outcome, reason, attempt, price, settings.KeepBodies, _notes) with
            {
                Created = live.Clock.GetUtcNow() - live.Clock.GetElapsedTime(_began),
                Attempt = Math.Max(1, _asked),
                Cost = cost,
                Reserved = charge.Most,
            }
        );
    }

    private static bool IsPlain(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static ModelPrivacy Strictest(ModelPrivacy first, params ReadOnlySpan<ModelPrivacy?> others)
    {
        foreach (var other in others)
            first = other is { } stricter && stricter > first ? stricter : first;
        return first;
    }

    /// <summary>What is held for an attempt.</summary>
    /// <param name="Most">The most that it can cost, US dollars.</param>
    /// <param name="Input">The most tokens of its request.</param>
    /// <param name="Held">Null where nothing is.</param>
    private sealed record Charge(decimal Most, long Input, Reservation? Held = null);
}
