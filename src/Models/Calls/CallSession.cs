using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aios.Jobs;
using Aios.Models.Configuration;
using Aios.Models.Money;
using Aios.Models.Wire;
using Aios.Models.Wire.Gemini;
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
    private const int LongestReason = 120;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly long _began = live.Clock.GetTimestamp();
    private readonly List<CandidateNote> _notes = [];
    private readonly CallRequests _requests = new(call, settings);

    // Why models are not asked for now, by their names.
    private readonly Dictionary<string, string> _resting = new(StringComparer.Ordinal);
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
        var notGemini = call.IsEmbeddings ? GeminiEmbeddings.WhyNot(call.Body) : null;
        var candidates = live.Chooser.Choose(settings, route, privacy, needs, _notes, notGemini);
        if (candidates.Count == 0)
            return await Refuse(CallErrors.NobodyFits(route.Name, _notes)).ConfigureAwait(false);
        for (var round = 0; round <= route.Retries; round++)
        {
            if (round > 0)
                await Wait(round).ConfigureAwait(false);
            var others = candidates.ToList();
            while (others.Count > 0)
            {
                var candidate = others[0];
                others.RemoveAt(0);
                var (ready, refusal) = await Prepare(candidate).ConfigureAwait(false);
                if (ready is not null)
                    refusal = await Ask(ready, others).ConfigureAwait(false);
                if (refusal is not null)
                    return refusal;
            }
        }

        return _error is { } error
            ? Reply(error)
            : await Refuse(CallErrors.AllRest(route.Name, _resting, _rest ?? LongestWait)).ConfigureAwait(false);
    }

    private Task Wait(int round)
    {
        var wait = TimeSpan.FromSeconds(Math.Pow(2, round - 1));
        wait = _rest is { } rest && rest > wait ? rest : wait;
        return Task.Delay(wait < LongestWait ? wait : LongestWait, live.Clock, cancellation);
    }

    // Nothing: the next model is to be asked.
    private async Task<(PendingAttempt? Ready, GatewayReply? Refusal)> Prepare(Candidate candidate)
    {
        if (candidate.Model.Price is not { } price)
        {
            _notes.Add(new CandidateNote(candidate.Model.Name, "not asked: it has no price"));
            await Record(candidate, CallOutcome.Refused, "it has no price", new Charge(0, 0)).ConfigureAwait(false);
            _error = CallErrors.PriceMissing(candidate.Model.Name);
            return default;
        }

        if (candidate.Meter.TryEnter() is not { } rest)
            return await Hold(candidate, price, isSpare: false).ConfigureAwait(false);
        Rests(
            candidate,
            rest,
            candidate.Meter.LastFailure is { } reason ? $"it has failed lately ({Short(reason)})" : "it has failed lately"
        );
        return default;
    }

    // One that can be asked at once: it is worth neither a wait nor a question.
    private async Task<PendingAttempt?> PrepareSpare(List<Candidate> others)
    {
        foreach (var candidate in others.Where(other => other.Model.Price is not null && other.Meter.TryEnter() is null))
        {
            var (ready, _) = await Hold(candidate, candidate.Model.Price!, isSpare: true).ConfigureAwait(false);
            if (ready is null)
                continue;
            others.Remove(candidate);
            return ready;
        }

        return null;
    }

    private async Task<(PendingAttempt? Ready, GatewayReply? Refusal)> Hold(Candidate candidate, ModelPrice price, bool isSpare)
    {
        var isHeld = false;
        try
        {
            var body = _requests.For(candidate);
            var input = TokenCount.MostOf(call.Chat, body.WrittenCount);
            var output = call.IsEmbeddings ? 0 : (long)_requests.MostOutput(candidate.Model) * call.Chat.Answers;
            if (live.Rates(candidate.Provider.Name).TryTake(candidate.Provider, input + output) is { } wait)
            {
                if (!isSpare)
                    Rests(candidate, wait, $"\"{candidate.Provider.Name}\" is at its limit for a minute");
                return default;
            }

            var most = price.MostFor(input, output, call.Chat.Images);
            var claims = BudgetClaim.Of(settings, call.Caller, route.Name, candidate.Provider.Name, live.Clock.GetUtcNow());
            var (held, shortage) = await live
                .Budgets.Reserve(claims, Nanodollars.Of(most), cancellation, canWait: !isSpare)
                .ConfigureAwait(false);
            if (shortage is not null)
                return (null, isSpare ? null : await Exceeds(candidate, shortage, most).ConfigureAwait(false));
            isHeld = true;
            return (new PendingAttempt(candidate, price, new Charge(most, input, held) { Attempt = ++_asked }, body.WrittenMemory), null);
        }
        finally
        {
            // Whatever that was, it says nothing of the model.
            if (!isHeld)
                candidate.Meter.Leave();
        }
    }

    private static string Short(string reason) =>
        reason.TrimEnd('.') is var words && words.Length > LongestReason ? $"{words[..LongestReason]}..." : words;

    private void Rests(Candidate candidate, TimeSpan rest, string why)
    {
        _resting[candidate.Model.Name] = why;
        _notes.Add(new CandidateNote(candidate.Model.Name, $"not asked: {why}; for {Math.Ceiling(rest.TotalSeconds):0} s more"));
        _rest = _rest is { } shortest && shortest < rest ? shortest : rest;
    }

    private async Task<GatewayReply?> Exceeds(Candidate candidate, BudgetShortage shortage, decimal most)
    {
        var reason = $"{shortage}; the call can cost {CallErrors.Money(most)} USD";
        _notes.Add(new CandidateNote(candidate.Model.Name, $"not asked: {reason}"));
        _error = CallErrors.BudgetExceeded(shortage, most);
        await Record(candidate, CallOutcome.Refused, reason, new Charge(most, 0)).ConfigureAwait(false);
        return shortage.Claim.Budget.OnExcess == ExcessAction.Downgrade ? null : Reply(_error);
    }

    // The first content wins. A model that is slow to begin is not waited for alone if the route hedges. Null: the next one is asked.
    private async Task<GatewayReply?> Ask(PendingAttempt first, List<Candidate> others)
    {
        using var over = route.Hedge is not null && others.Count > 0 ? new CancellationTokenSource() : null;
        var (hedge, before) = ((Task?)null, _atProviders);
        var (asked, refusal) = (new List<PendingAttempt>(2) { first }, (GatewayReply?)null);
        try
        {
            first.Start(live, call, over is not null, cancellation);
            if (over is not null)
                hedge = Task.Delay(route.Hedge!.Value, live.Clock, over.Token);
            while (asked.Count > 0)
            {
                if (await FirstToEnd(asked, hedge).ConfigureAwait(false) is not { } ended)
                {
                    hedge = null;
                    await AskSpare(asked, others).ConfigureAwait(false);
                    continue;
                }

                var failure = await ended.Begun.ConfigureAwait(false);
                _atProviders = before + live.Clock.GetElapsedTime(first.BeganAt);
                if (failure is null)
                    return await Answer(ended, asked).ConfigureAwait(false);
                refusal = await Fail(ended, failure).ConfigureAwait(false) ?? refusal;
                asked.Remove(ended);
            }

            return refusal;
        }
        catch
        {
            foreach (var one in asked)
                one.Abandon();
            throw;
        }
        finally
        {
            over?.Cancel();
        }
    }

    // Null: it is time to ask another one as well.
    private static async Task<PendingAttempt?> FirstToEnd(List<PendingAttempt> asked, Task? hedge)
    {
        if (asked.Count == 1 && hedge is null)
            return asked[0];
        var tasks = asked.Select(one => (Task)one.Begun);
        await Task.WhenAny(hedge is null ? tasks : tasks.Append(hedge)).ConfigureAwait(false);
        return asked.Find(one => one.Begun.IsCompleted);
    }

    private async Task AskSpare(List<PendingAttempt> asked, List<Candidate> others)
    {
        if (await PrepareSpare(others).ConfigureAwait(false) is not { } spare)
            return;
        var waited = live.Clock.GetElapsedTime(asked[0].BeganAt).TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        _notes.Add(
            new CandidateNote(
                asked[0].Candidate.Model.Name,
                $"asked: it had not begun to answer after {waited} s, so {spare.Candidate.Model.Name} is asked as well"
            )
        );
        asked.Add(spare);
        spare.Start(live, call, canStop: true, cancellation);
    }

    private async Task<GatewayReply> Answer(PendingAttempt winner, List<PendingAttempt> asked)
    {
        foreach (var loser in asked.Where(one => one != winner))
            await Stop(loser).ConfigureAwait(false);
        _notes.Add(new CandidateNote(winner.Candidate.Model.Name, "asked: it answered"));
        return call.Chat.Streams ? ReplyStream(winner) : await ReplyWhole(winner).ConfigureAwait(false);
    }

    // Its request was sent, so it may be billed as a whole; but one that has told its usage meanwhile costs what it says.
    private async Task Stop(PendingAttempt loser)
    {
        const string reason = "another model answered first";
        var hasEnded = loser.Begun.IsCompleted;
        loser.Attempt.Stop();
        var failure = await AnswerAttempt.Ended(loser.Begun).ConfigureAwait(false);
        if (failure is null && !call.Chat.Streams)
        {
            using (loser.Attempt)
                await Settle(loser, reason).ConfigureAwait(false);
        }
        else
        {
            if (!hasEnded || failure is null)
            {
                failure = new AttemptFailure(FailureKind.BadRequest, reason) { MayBeBilled = failure?.MayBeBilled ?? true };
                loser.Candidate.Meter.Lag(live.Clock.GetElapsedTime(loser.BeganAt));
            }

            await Lose(loser, failure).ConfigureAwait(false);
        }

        _notes.Add(new CandidateNote(loser.Candidate.Model.Name, $"asked: {failure?.Reason ?? reason}"));
    }

    private async Task<GatewayReply?> Fail(PendingAttempt asked, AttemptFailure failure)
    {
        _notes.Add(new CandidateNote(asked.Candidate.Model.Name, $"asked: {failure.Reason}"));
        await Lose(asked, failure).ConfigureAwait(false);
        _error = CallErrors.Of(failure, asked.Candidate.Model.Name);
        return (route.FallbackOn & failure.Kind) != 0 ? null : Reply(_error);
    }

    private async Task Lose(PendingAttempt asked, AttemptFailure failure)
    {
        asked.Attempt.Dispose();
        // A request that is wrong, or too long, says nothing of the model.
        if (failure.Kind is FailureKind.BadRequest or FailureKind.Context)
            asked.Candidate.Meter.Leave();
        else
            asked.Candidate.Meter.Fail(failure.RetryAfter, failure.Reason);
        if (failure.MayBeBilled)
            asked.Charge.Held?.Keep();
        else
            asked.Charge.Held?.Settle(0);
        var outcome = failure.MayBeBilled ? CallOutcome.Unknown : CallOutcome.Failed;
        await Record(asked, outcome, failure.Reason, failure.MayBeBilled ? asked.Charge.Most : 0).ConfigureAwait(false);
    }

    private async Task<GatewayReply> ReplyWhole(PendingAttempt asked)
    {
        using (asked.Attempt)
        {
            var cost = await Settle(asked, null).ConfigureAwait(false);
            var body = asked.Attempt.IsForwarded ? asked.Attempt.Body : Written(asked);
            return new GatewayReply(200, body, null) { Headers = HeadersOf(asked.Candidate, cost) };
        }
    }

    private GatewayReply ReplyStream(PendingAttempt asked)
    {
        var relay = new StreamRelay(call, asked.Attempt, HeadOf(asked.Candidate));
        return new GatewayReply(200, null, async (output, gone) =>
        {
            AttemptFailure? failure = new(FailureKind.Connection, "the stream was not read to its end") { MayBeBilled = true };
            try
            {
                failure = await relay.Run(output, gone).ConfigureAwait(false);
            }
            finally
            {
                await EndStream(asked, failure).ConfigureAwait(false);
            }
        }) { Headers = HeadersOf(asked.Candidate, null) };
    }

    private async Task EndStream(PendingAttempt asked, AttemptFailure? failure)
    {
        if (failure is not null)
        {
            await Lose(asked, failure).ConfigureAwait(false);
            return;
        }

        using (asked.Attempt)
            await Settle(asked, null).ConfigureAwait(false);
    }

    // It was answered; the answer is what that cost.
    private async Task<decimal> Settle(PendingAttempt asked, string? reason)
    {
        var attempt = asked.Attempt;
        var cost = asked.Price.CostOf(attempt.Usage);
        asked.Charge.Held?.Settle(Nanodollars.Of(attempt.IsCountedHere ? MostOf(asked) : cost));
        asked.Candidate.Meter.Succeed(attempt.FirstToken ?? attempt.Duration, attempt.Duration);
        await Record(asked, CallOutcome.Ok, reason, cost).ConfigureAwait(false);
        return cost;
    }

    // A budget counts what an answer can have cost whose tokens AIOS has counted; the ledger, what it probably did.
    private decimal MostOf(PendingAttempt asked) =>
        Math.Min(
            asked.Charge.Most,
            asked.Price.MostFor(asked.Charge.Input, Encoding.UTF8.GetByteCount(asked.Attempt.Text), call.Chat.Images)
        );

    private ReadOnlyMemory<byte> Written(PendingAttempt asked) =>
        call.IsEmbeddings
            ? GeminiEmbeddings.Translate(asked.Attempt.Body, call.Body, asked.Candidate.Model.Name, asked.Attempt.Usage.Input)
            : Json.Bytes(json => call.Wire.WriteAnswer(json, asked.Attempt.Answer!, HeadOf(asked.Candidate)));

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
        if (_requests.LeftOut is { Length: > 0 } fields)
            headers.Add(("x-aios-ignored", fields));
        return headers;
    }

    private List<(string Name, string Value)> CommonHeaders()
    {
        var overhead = live.Clock.GetElapsedTime(_began) - _atProviders;
        return
        [
            ("x-aios-call", Text(_number)),
            ("x-aios-attempts", Text(_asked)),
            ("x-aios-overhead-ms", overhead.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture)),
        ];
    }

    private Task Record(PendingAttempt asked, CallOutcome outcome, string? reason, decimal cost) =>
        Record(asked.Candidate, outcome, reason, asked.Charge, asked.Attempt, asked.Price, cost);

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
                Created = live.Clock.GetUtcNow() - (attempt?.Duration ?? live.Clock.GetElapsedTime(_began)),
                Attempt = charge.Attempt ?? Math.Max(1, _asked),
                Cost = cost,
                Reserved = charge.Most,
                DrawnJson = charge.Held?.DrawnJson,
                Charged = charge.Held?.Charged,
            },
            new AnswerFacts(attempt?.Identity.Model, attempt?.Finish, call.Parent)
        );
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static ModelPrivacy Strictest(ModelPrivacy first, params ReadOnlySpan<ModelPrivacy?> others)
    {
        foreach (var other in others)
            first = other is { } stricter && stricter > first ? stricter : first;
        return first;
    }
}
