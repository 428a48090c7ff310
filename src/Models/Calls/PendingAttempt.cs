using Aios.Models.Configuration;
using Aios.Models.Money;

namespace Aios.Models.Calls;

/// <summary>A model that is asked, until it has begun to answer or has failed.</summary>
/// <param name="candidate">The model.</param>
/// <param name="price">What it costs.</param>
/// <param name="charge">What is held for it.</param>
/// <param name="body">The request.</param>
internal sealed class PendingAttempt(Candidate candidate, ModelPrice price, Charge charge, ReadOnlyMemory<byte> body)
{
    /// <summary>The model.</summary>
    public Candidate Candidate => candidate;

    /// <summary>What it costs.</summary>
    public ModelPrice Price => price;

    /// <summary>What is held for it.</summary>
    public Charge Charge => charge;

    /// <summary>When it was asked; a timestamp of the clock.</summary>
    public long BeganAt { get; private set; }

    /// <summary>The answer, as far as it is there.</summary>
    public AnswerAttempt Attempt { get; private set; } = null!;

    /// <summary>Ends when it has begun to answer, with null, or has failed.</summary>
    public Task<AttemptFailure?> Begun { get; private set; } = null!;

    /// <summary>Asks it.</summary>
    /// <param name="live">What calls share.</param>
    /// <param name="call">The call.</param>
    /// <param name="canStop">Whether it may be stopped by itself.</param>
    /// <param name="cancellation">The caller has gone.</param>
    public void Start(LiveCalls live, GatewayCall call, bool canStop, CancellationToken cancellation)
    {
        BeganAt = live.Clock.GetTimestamp();
        Attempt = new AnswerAttempt(live, call, candidate, body, BeganAt);
        Begun = canStop ? Attempt.BeginStoppable(cancellation) : Attempt.Begin(cancellation);
    }

    /// <summary>Something unexpected has happened: nobody knows what came of it, and it says nothing of the model.</summary>
    public void Abandon()
    {
        charge.Held?.Keep();
        candidate.Meter.Leave();
        Attempt?.Stop();
        Attempt?.Dispose();
    }
}

/// <summary>What is held for an attempt.</summary>
/// <param name="Most">The most that it can cost, US dollars.</param>
/// <param name="Input">The most tokens of its request.</param>
/// <param name="Held">Null where nothing is.</param>
internal sealed record Charge(decimal Most, long Input, Reservation? Held = null)
{
    /// <summary>Its place among the attempts of the call; null if it was not sent.</summary>
    public int? Attempt { get; init; }
}
