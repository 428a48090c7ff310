using Aios.Store.Api;
using Aios.Store.Audit;
using Aios.Store.Devices;
using Aios.Store.Events;
using Aios.Store.Flows;
using Aios.Store.Jobs;
using Aios.Store.Logs;
using Aios.Store.Models;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Store;

/// <summary>
/// Answers questions of people: lists and status. Each answer is one short read, so that it never holds up the daemon's
/// commits for long.
/// </summary>
internal interface IStoreReader : IDisposable
{
    /// <summary>Whether another connection has committed since the last call. True the first time.</summary>
    bool HasNewCommit();

    /// <summary>The database's own id.</summary>
    string DatabaseId();

    /// <summary>The daemons that share it.</summary>
    IReadOnlyList<DeviceSummary> Devices();

    /// <summary>Runs, newest first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="status">Only those that stand so; null for all.</param>
    /// <param name="jobName">Only those of this job; null for all.</param>
    /// <param name="triggerId">Only those of this trigger; null for all.</param>
    IReadOnlyList<RunSummary> Runs(int limit, RunStatus? status = null, string? jobName = null, long? triggerId = null);

    /// <summary>Runs, newest first, without their results.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="before">Only those with smaller numbers; null for all.</param>
    /// <param name="limit">At most so many.</param>
    Page<RunSummary> RunPage(RowFilter filter, long? before, int limit);

    /// <summary>Triggers, newest first; see <see cref="RunPage"/>.</summary>
    Page<TriggerSummary> TriggerPage(RowFilter filter, long? before, int limit);

    /// <summary>Rows of the audit, newest first; see <see cref="RunPage"/>.</summary>
    Page<AuditRow> AuditPage(RowFilter filter, long? before, int limit);

    /// <summary>Rows of the audit with a number above <paramref name="afterId"/>, oldest first.</summary>
    IReadOnlyList<AuditRow> AuditRows(long afterId, int limit);

    /// <summary>Those of the triggers that keep the audit as it is which are missing or say something else.</summary>
    IReadOnlyList<string> MissingAuditGuards();

    /// <summary>An open trigger of a job that waits, else one in line; the oldest. Null if there is none.</summary>
    TriggerSummary? OpenTriggerOf(string jobName);

    /// <summary>The open triggers that a run has asked for and waits for, as a model does for its tools; the oldest first.</summary>
    IReadOnlyList<TriggerSummary> OpenTriggersOfRun(long runId);

    /// <summary>One run, or null.</summary>
    RunSummary? Run(long id);

    /// <summary>The jobs that start nothing new because somebody said so, by name.</summary>
    IReadOnlyDictionary<string, JobHold> Holds();

    /// <summary>The jobs that are not well, or were not long ago, by name.</summary>
    IReadOnlyDictionary<string, HealthRecord> Health();

    /// <summary>Since when jobs are late that have a deadline, UTC, by name.</summary>
    IReadOnlyDictionary<string, DateTimeOffset> Late();

    /// <summary>Who may use the API.</summary>
    IReadOnlyList<ApiKeyRecord> ApiKeys();

    /// <summary>Open triggers that wait, with their reasons; oldest first.</summary>
    IReadOnlyList<TriggerSummary> WaitingTriggers(int limit);

    /// <summary>One trigger, or null.</summary>
    TriggerSummary? Trigger(long id);

    /// <summary>The latest run of each job that ever ran, by the job's name.</summary>
    IReadOnlyDictionary<string, RunSummary> LatestRuns();

    /// <summary>How far each schedule has been followed, by the job's name.</summary>
    ILookup<string, ScheduleCursor> Cursors();

    /// <summary>
    /// The dedup keys of the occurrences later than an instant that have their triggers already, as after the clock went back.
    /// </summary>
    IReadOnlySet<string> OccurrencesAfter(DateTimeOffset instant);

    /// <summary>The newest instant at which a daemon worked on this database, UTC; null if none has.</summary>
    DateTimeOffset? NewestInstant();

    /// <summary>What a job remembers, by key.</summary>
    /// <param name="jobName">The job, or <see cref="IState.Shared"/>.</param>
    /// <param name="key">Only this one; null for all.</param>
    IReadOnlyList<StateEntry> State(string jobName, string? key = null);

    /// <summary>Lines of the runs of a trigger with a number above <paramref name="afterId"/>, oldest first.</summary>
    IReadOnlyList<(long Id, string? Stream, string Message)> Lines(long triggerId, long afterId);

    /// <summary>Whether a job of that name is, or was, in the list of any device.</summary>
    bool KnowsJob(string name);

    /// <summary>The numbers of the first and the last line, of a run or of all; 1 and 0 if there is none.</summary>
    (long Oldest, long Newest) LogBounds(long? runId);

    /// <summary>Events with a number above <paramref name="after"/>, oldest first.</summary>
    IReadOnlyList<EventRow> Events(long after, int limit);

    /// <summary>Those of the events.</summary>
    (long Oldest, long Newest) EventBounds();

    /// <summary>Those of the lines of the log.</summary>
    (long Oldest, long Newest) LineBounds();

    /// <summary>Lines with a number above <paramref name="after"/>, up to <paramref name="top"/>, oldest first.</summary>
    IReadOnlyList<LogRow> Logs(LogQuery query, long after, long top, int limit);

    /// <summary>How many of the last such lines there are, at most <paramref name="limit"/>, and the number of the first of them.</summary>
    (long Count, long First) LastLogs(LogQuery query, long after, long top, long limit);

    /// <summary>The latest time, UTC, of lines with such numbers; null if there are none.</summary>
    DateTimeOffset? NewestLogTime(long after, long top);

    /// <summary>The latest runs of each of these jobs, newest first, by the job's name.</summary>
    IReadOnlyDictionary<string, List<RecentRun>> LatestRuns(IReadOnlyCollection<string> jobNames, int count);

    /// <summary>The names of the jobs of which something is open that has not started.</summary>
    IReadOnlySet<string> JobsInLine();

    /// <summary>
    /// What was run from one instant to another, in steps of the same length: the runs that began then, and those that go on.
    /// </summary>
    /// <param name="since">UTC.</param>
    /// <param name="until">UTC.</param>
    /// <param name="steps">The result has so many.</param>
    /// <param name="jobPatterns">Only jobs that match one of them; empty for all.</param>
    /// <param name="now">Until then runs that go on have run, UTC.</param>
    IReadOnlyList<LoadStep> Load(
        DateTimeOffset since,
        DateTimeOffset until,
        int steps,
        IReadOnlyList<string> jobPatterns,
        DateTimeOffset now
    );

    /// <summary>How much is queued.</summary>
    /// <param name="jobPatterns">Of these jobs only; empty for all.</param>
    QueueFigures Line(IReadOnlyList<string>? jobPatterns = null);

    /// <summary>The runs that go on, on all devices, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<ActiveRun> GoingOn(int limit);

    /// <summary>How long the latest runs of a job took that succeeded, the newest first.</summary>
    IReadOnlyList<TimeSpan> LatestDurations(string jobName, int limit);

    /// <summary>The number of the newest row of the audit; 0 if there is none.</summary>
    long NewestAuditRow();

    /// <summary>Flows, newest first; see <see cref="RunPage"/>.</summary>
    Page<FlowSummary> FlowPage(RowFilter filter, long? before, int limit);

    /// <summary>A flow with all that has begun of it, or null.</summary>
    FlowDetails? Flow(long id);

    /// <summary>Items of a step that have begun, in their order, from the place <paramref name="from"/> on.</summary>
    /// <param name="flowId">The flow.</param>
    /// <param name="step">The name of a step with <c>each</c>.</param>
    /// <param name="status">Only those that stand so; null for all.</param>
    /// <param name="from">The place of an item in its list, from 0.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<StepSummary> FlowItems(long flowId, string step, StepStatus? status, int from, int limit);

    /// <summary>The flows of a job that go on, or of all jobs, the first first.</summary>
    IReadOnlyList<long> OpenFlows(string? jobName, int limit);

    /// <summary>
    /// What people are or were asked, newest first; see <see cref="RunPage"/>. Of those with a status, what the asker alone
    /// confirms is left out.
    /// </summary>
    Page<ApprovalRecord> ApprovalPage(RowFilter filter, ApprovalStatus? status, long? before, int limit);

    /// <summary>Calls to language models.</summary>
    ICallReader Calls { get; }

    /// <summary>One question, or null.</summary>
    ApprovalRecord? Approval(long id);

    /// <summary>What people decided of a question so far.</summary>
    IReadOnlyList<Decision> Decisions(long approvalId);
}
