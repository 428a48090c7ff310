using Aios.Store.Results;
using Aios.Store.Runs;

namespace Aios.Store.Flows;

/// <summary>
/// Flows, their plans and their steps. A flow is woken by whatever may move it on: the end of a trigger of a step, a signal, a
/// decision, a request to stop it, a time that has come. Whoever causes that, the store notes it in the same transaction.
/// </summary>
internal interface IFlows
{
    /// <summary>The number of a plan, which is stored if it is new.</summary>
    /// <param name="digest">The SHA-256 of the plan, in hexadecimal.</param>
    /// <param name="planJson">The definition of the job.</param>
    /// <param name="now">UTC.</param>
    long StorePlan(string digest, string planJson, DateTimeOffset now);

    /// <summary>A plan, or null.</summary>
    string? Plan(long planId);

    /// <summary>Adds a flow, or begins it again.</summary>
    void Put(FlowRecord flow);

    /// <summary>A flow, or null.</summary>
    FlowRecord? Find(long id);

    /// <summary>The flow goes on to its end, for that reason.</summary>
    void SetEnding(long id, string reason);

    /// <summary>The flow is over.</summary>
    void End(long id, DateTimeOffset now);

    /// <summary>The steps of a flow that have begun, without items.</summary>
    IReadOnlyList<StepRecord> Steps(long flowId);

    /// <summary>The same, as far as the order of steps needs it: without their results, which may be long.</summary>
    IReadOnlyList<StepStanding> Begun(long flowId);

    /// <summary>One step or item, or null.</summary>
    StepRecord? Step(long flowId, string step, int item);

    /// <summary>The step or item for which a trigger runs, or null.</summary>
    StepRecord? StepOf(long triggerId);

    /// <summary>The place of the step or item for which a trigger runs; null if it or its flow is over, or there is none.</summary>
    StepPlace? PlaceOf(long triggerId);

    /// <summary>The steps and items of a flow that wait, or whose triggers are open.</summary>
    IReadOnlyList<StepRecord> Open(long flowId, int limit);

    /// <summary>Those of them that wait for something that may have come: a signal, a person, or a time that is over.</summary>
    IReadOnlyList<StepRecord> Waiting(long flowId, DateTimeOffset now);

    /// <summary>Ends whatever of a flow is open, for it does not go on. Its triggers are not among that.</summary>
    void Abandon(long flowId, string reason, DateTimeOffset now);

    /// <summary>Makes no wait longer than it was meant to be, after the clock was set back.</summary>
    void Rewind(DateTimeOffset now);

    /// <summary>Writes a step or an item down.</summary>
    void Put(StepRecord step);

    /// <summary>
    /// Writes down how a step or an item ended that is otherwise as it was: its status, reason, result and end. A result that is in
    /// a file is written by <see cref="Put(StepRecord)"/>.
    /// </summary>
    void End(StepRecord step);

    /// <summary>The results of items in their order, from <paramref name="from"/> on; null where there is none.</summary>
    IReadOnlyList<(int Item, string? ResultJson, ResultReference? File)> Results(long flowId, string step, int from, int limit);

    /// <summary>Takes back that a step, and its items, have ever begun.</summary>
    void Forget(long flowId, string step);

    /// <summary>Takes back that items of a step that have not succeeded have ever begun.</summary>
    void ForgetUnfinishedItems(long flowId, string step);

    /// <summary>Notes that the flow is to be looked at.</summary>
    void Wake(long flowId);

    /// <summary>Flows that something has moved on, the first first.</summary>
    IReadOnlyList<long> Woken(int limit);

    /// <summary>Flows that time moves on, the earliest first.</summary>
    /// <param name="now">UTC.</param>
    /// <param name="limit">At most so many for their own time, and for that of their steps.</param>
    IReadOnlyList<long> Due(DateTimeOffset now, int limit);

    /// <summary>Takes what woke a flow: triggers that are over.</summary>
    IReadOnlyList<long> TakeWakes(long flowId);

    /// <summary>Takes what woke the first flows, at most so many: those, each with its triggers that are over.</summary>
    IReadOnlyDictionary<long, IReadOnlyList<long>> TakeFirstWakes(int flows);

    /// <summary>Whether any flow is to be looked at, and when the next step, flow or approval has waited long enough.</summary>
    FlowCalendar Calendar();

    /// <summary>Whether any flow is to be looked at because something has happened.</summary>
    bool IsAnyWoken();

    /// <summary>How many steps wait for a time.</summary>
    int AwaitingTime();

    /// <summary>What somebody asked of a run that has not ended; null for nothing, and for a KILL that was noted.</summary>
    StopRequest? StopRequest(long runId);

    /// <summary>Notes that what runs for a flow was killed, so that what begins later is not. A further request counts again.</summary>
    void NoteKill(long runId);

    /// <summary>How the trigger of a step ended, and the result of its last run; null while it is open.</summary>
    TriggerEnd? EndOf(long triggerId);

    /// <summary>The flow that a trigger is a step of; null if it is none.</summary>
    long? FlowOf(long triggerId);

    /// <summary>Puts the trigger of a flow that is over back into the line.</summary>
    bool Reopen(long flowId, string? restartFrom);

    /// <summary>Gives a flow another plan.</summary>
    void SetPlan(long flowId, long planId);

    /// <summary>How many flows wait for a signal of that name.</summary>
    /// <param name="name">What the steps wait for.</param>
    /// <param name="flowId">Only this flow; null for all.</param>
    int CountWaiting(string name, long? flowId);

    /// <summary>Sends a signal; the answer is its number.</summary>
    /// <param name="name">What the steps wait for.</param>
    /// <param name="flowId">Only for this flow; null for all that have started.</param>
    /// <param name="dataJson">What it brings: the result of the steps.</param>
    /// <param name="now">UTC.</param>
    long Send(string name, long? flowId, string dataJson, DateTimeOffset now);

    /// <summary>The first signal of that name that a flow has not had yet, of those sent since it started; null if there is none.</summary>
    (long Id, string DataJson)? Signal(string name, FlowRecord flow);
}

/// <summary>How the trigger of a step ended.</summary>
/// <param name="Status">The name of its status.</param>
/// <param name="Reason">Why; null if nobody said.</param>
/// <param name="ResultJson">The result of its last run.</param>
/// <param name="File">Where that is, if it is too long for a row.</param>
internal sealed record TriggerEnd(string Status, string? Reason, string? ResultJson, ResultReference? File);

/// <summary>Where a step that has begun stands.</summary>
/// <param name="Step">Its name.</param>
/// <param name="Status">How it is.</param>
/// <param name="TriggerId">What runs for it; null if nothing does.</param>
internal readonly record struct StepStanding(string Step, StepStatus Status, long? TriggerId);

/// <summary>Which step or item a trigger is for.</summary>
/// <param name="FlowId">Its flow.</param>
/// <param name="Step">Its name.</param>
/// <param name="Item">The place of the item, from 0; <see cref="StepRecord.Whole"/> for the step itself.</param>
/// <param name="Rung">How many rungs of its ladder were tried.</param>
/// <param name="PlanId">The flow's plan.</param>
/// <param name="PlanDigest">The SHA-256 of that.</param>
internal sealed record StepPlace(long FlowId, string Step, int Item, int Rung, long PlanId, string PlanDigest);

/// <summary>When flows are to be looked at.</summary>
/// <param name="IsWoken">Whether something has happened already.</param>
/// <param name="Due">When time moves one on next, UTC; null if it moves none.</param>
internal readonly record struct FlowCalendar(bool IsWoken, DateTimeOffset? Due);
