using System.Text;
using System.Text.Json;
using Aios.Expressions;
using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Platform;
using Aios.Store.Flows;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Flows;

/// <summary>Begins what a step or an item is for. What needs no process is over at once, or waits.</summary>
internal sealed class StepStarter(FlowState state, Approvals approvals)
{
    /// <summary>How deep flows may be inside flows.</summary>
    public const int DeepestFlow = 10;

    /// <summary>The row after it was begun once more; failed, with the reason, if that is not possible.</summary>
    /// <param name="row">The step or item.</param>
    /// <param name="acting">What is done for it: the step, the step with changes, or another one.</param>
    /// <param name="wait">How long to wait before.</param>
    /// <param name="why">Why that wait.</param>
    public StepRecord Start(StepRecord row, FlowStep acting, TimeSpan wait = default, string? why = null)
    {
        row = row with
        {
            Attempt = row.Attempt + 1,
            Reason = null,
            ResultJson = null,
            ResultFile = null,
            TriggerId = null,
            Ended = null,
            Due = null,
            Wait = null,
            Signal = null,
        };
        try
        {
            return acting.Job.Work switch
            {
                SetWork set => row with { Status = StepStatus.Succeeded, ResultJson = state.Evaluate("set", set.Json, row.Item) },
                WaitWork { Signal: { } signal } => WaitForSignal(row, Text("wait", signal, row.Item), acting),
                WaitWork waitWork => WaitForTime(row, Text("wait", waitWork.Time!, row.Item)),
                ApprovalWork => approvals.Ask(row, acting),
                JobCallWork call => Trigger(row, acting, CalledJob(call, acting, row.Item), wait, why),
                _ => Trigger(row, acting, StepJobs.NameOf(state.Flow.JobName, acting.Name), wait, why),
            };
        }
        catch (StepException error)
        {
            return row with { Status = StepStatus.Failed, Reason = error.Message };
        }
    }

    /// <summary>The row after a signal, or as it was if there is none for it.</summary>
    public StepRecord TakeSignal(StepRecord row) =>
        row.Signal is { } name && state.Queue.Flows.Signal(name, state.Flow) is { } signal
            ? row with
            {
                Status = StepStatus.Succeeded,
                ResultJson = ForeignJson.OrText(signal.DataJson),
                SignalId = signal.Id,
                Reason = null,
            }
            : row;

    private StepRecord WaitForSignal(StepRecord row, string name, FlowStep acting) =>
        TakeSignal(
            row with
            {
                Status = StepStatus.Waiting,
                Signal = name,
                Reason = $"waits for the signal {name}",
                Due = acting.Job.Timeout is { } timeout ? state.Now + timeout : null,
                Wait = acting.Job.Timeout,
            }
        );

    private StepRecord WaitForTime(StepRecord row, string text)
    {
        if (!WaitFormat.TryParse(text, state.Now, state.Zone, out var until))
            throw new StepException($"wait: found \"{text}\", expected a duration such as 90s or an instant such as 2027-01-31T09:00:00Z");
        return until <= state.Now
            ? row with
            {
                Status = StepStatus.Succeeded,
            }
            : row with
            {
                Status = StepStatus.Waiting,
                Due = until,
                Wait = Jobs.Formats.Duration.TryParse(text, out var span) ? span : null,
                Reason = $"waits until {TimeWords(until)}",
            };
    }

    private static string TimeWords(DateTimeOffset instant) => Scheduling.TimeWords.Of(instant);

    private string CalledJob(JobCallWork call, FlowStep acting, int item)
    {
        if (state.Flow.Depth + 1 >= DeepestFlow)
            throw new StepException(
                $"job: flows are {DeepestFlow} deep inside one another here, which is the most; a flow that runs itself never ends"
            );
        if (call.JobName.Length > 0)
            return call.JobName;
        using var document = JsonDocument.Parse(acting.Json, DeepJson.Options);
        return Text("job", document.RootElement.GetProperty("job").GetString()!, item);
    }

    private StepRecord Trigger(StepRecord row, FlowStep acting, string jobName, TimeSpan wait, string? why)
    {
        var waits = wait > TimeSpan.Zero;
        var evaluated = acting.IsDynamic ? StepJobs.Evaluate(state, acting, row.Item) : null;
        var id = state.Queue.Triggers.Add(
            new NewTrigger(jobName, TriggerSource.Flow, state.Now)
            {
                ArgsJson = Arguments("args", acting.Job.ArgsJson, row.Item),
                KwargsJson = Arguments("kwargs", acting.Job.KwargsJson, row.Item),
                Priority = acting.Job.Work is JobCallWork ? null : state.Flow.Priority,
                FlowId = state.Flow.Id,
                TraceParent = state.Flow.TraceParent,
                Status = waits ? RunStatus.Waiting : RunStatus.Queued,
                Due = waits ? state.Now + wait : null,
                Reason = waits ? why : null,
            }
        );
        if (id is { } made && !waits)
            state.Made.Add(new MadeTrigger(made, jobName, JobOf(acting, evaluated)));
        return row with { Status = StepStatus.Running, TriggerId = id };
    }

    private Job? JobOf(FlowStep acting, Job? evaluated) =>
        acting.Job.Work is JobCallWork ? null
        : evaluated is null ? state.Plan.JobOf(acting)
        : StepJobs.Under(state.Plan, evaluated, acting);

    private string Arguments(string field, string template, int item)
    {
        var json = state.Evaluate(field, template, item);
        var bytes = Encoding.UTF8.GetByteCount(json);
        return bytes <= NewTrigger.MostArgumentBytes
            ? json
            : throw new StepException(
                $"{field}: {bytes} bytes, expected at most {NewTrigger.MostArgumentBytes} ({NewTrigger.MostArgumentBytes >> 20} MiB); "
                    + "let the step before write a file of its own, return its path, and pass that"
            );
    }

    private string Text(string field, string template, int item)
    {
        if (!template.Contains("${", StringComparison.Ordinal))
            return template;
        using var value = JsonDocument.Parse(state.Evaluate(field, JsonText.Write(json => json.WriteStringValue(template)), item));
        return value.RootElement.ValueKind == JsonValueKind.String ? value.RootElement.GetString()! : value.RootElement.GetRawText();
    }
}
