using System.Text.Json;
using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Models.Verification;
using Aios.Models.Wire;
using Aios.Platform;
using Aios.Running;
using Aios.Store;
using Aios.Store.Flows;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Models.Runs;

/// <summary>The jobs that a model may have run: each call of a tool is a trigger, and the result of its run is the tool's.</summary>
/// <param name="store">Takes the triggers.</param>
/// <param name="list">Has the jobs.</param>
/// <param name="request">The run of the model.</param>
/// <param name="log">Takes what a tool waits for.</param>
/// <param name="clock">The only source of time.</param>
internal sealed class ToolRuns(IStore store, JobList list, RunRequest request, Transcript log, TimeProvider clock)
{
    private const int LongestResult = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(10);

    /// <summary>What the model gets to know of them.</summary>
    /// <exception cref="ModelRunException">A job is not there, or cannot be a tool.</exception>
    public IEnumerable<ToolDefinition> Definitions(IEnumerable<string> names) => names.Select(DefinitionOf);

    /// <summary>Has a job run with what the model says, and waits for its end. A failure is a result, too.</summary>
    public async Task<ToolResultPart> Run(ToolCallPart call, IReadOnlyCollection<string> allowed, CancellationToken stop)
    {
        if (!allowed.Contains(call.Name))
            return Failed(call, $"There is no tool \"{call.Name}\". There are: {string.Join(", ", allowed)}.");
        if (Defect(call) is { } defect)
            return Failed(call, defect);
        var id = await store.Write(queue => queue.Triggers.Add(TriggerOf(call))).WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return ResultOf(call, await End(call.Name, id!.Value, stop).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more.
            await store.Write(queue => Cancel(queue, id!.Value)).ConfigureAwait(false);
            throw;
        }
    }

    private ToolDefinition DefinitionOf(string name)
    {
        if (list.Find(name) is not { } job)
            throw new ModelRunException($"tools: there is no job \"{name}\".{list.Hint(name)}");
        if (!job.Enabled)
            throw new ModelRunException($"tools: the job \"{name}\" is disabled; enable it, or remove it from the tools");
        if (UsesTools(job, []))
            throw new ModelRunException($"tools: the job \"{name}\" uses tools itself, and a tool cannot; take another job");
        return new ToolDefinition(name, job.Description, SchemaOf(job));
    }

    // Also by the jobs that steps of a flow run: what waits for a tool must never wait for itself.
    private bool UsesTools(Job job, HashSet<string> seen) =>
        seen.Add(job.Name)
        && job.Parts.Any(part =>
            part.Work switch
            {
                LlmWork llm => !llm.Tools.IsEmpty,
                JobCallWork call => list.Find(call.JobName) is { } called && UsesTools(called, seen),
                _ => false,
            }
        );

    private static JsonElement SchemaOf(Job job) =>
        AnswerSchema.Parse($"tools: {job.Name}: kwargs_schema", job.KwargsSchemaJson ?? FromDefaults(job.KwargsJson));

    // Each named argument of the job, with the type of its value.
    private static string FromDefaults(string kwargsJson)
    {
        using var kwargs = JsonDocument.Parse(kwargsJson, DeepJson.Options);
        return JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            foreach (var member in kwargs.RootElement.EnumerateObject())
            {
                json.WriteStartObject(member.Name);
                if (TypeOf(member.Value) is { } type)
                    json.WriteString("type", type);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static string? TypeOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => "number",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Array => "array",
            JsonValueKind.Object => "object",
            _ => null,
        };

    private string? Defect(ToolCallPart call)
    {
        try
        {
            using var arguments = JsonDocument.Parse(call.ArgumentsJson, DeepJson.Options);
            if (arguments.RootElement.ValueKind != JsonValueKind.Object)
                return "The arguments: expected a JSON object.";
            if (list.Find(call.Name)?.KwargsSchemaJson is not { } schemaJson)
                return null;
            using var schema = JsonDocument.Parse(schemaJson, DeepJson.Options);
            var report = SchemaCheck.Check(schema.RootElement, arguments.RootElement);
            return report.Findings.IsEmpty
                ? null
                : $"The arguments do not meet the schema: {string.Join("; ", report.Findings.Select(FindingWords.Of))}";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return $"The arguments are not valid JSON{JsonPlaces.Of(error)}.";
        }
    }

    private NewTrigger TriggerOf(ToolCallPart call) =>
        new(call.Name, TriggerSource.Tool, clock.GetUtcNow())
        {
            KwargsJson = call.ArgumentsJson,
            TraceParent = request.TraceParent,
            Note = $"a tool of run {request.RunId} ({request.Job.Name})",
            ParentRunId = request.RunId,
        };

    private async Task<TriggerEnd> End(string name, long triggerId, CancellationToken stop)
    {
        string? said = null;
        while (true)
        {
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void OnChange() => changed.TrySetResult();
            store.Changed += OnChange;
            try
            {
                var (end, waitsFor) = await store.Write(queue => Look(queue, triggerId)).WaitAsync(stop).ConfigureAwait(false);
                if (end is not null)
                    return end;
                if (waitsFor is not null && waitsFor != said)
                    log.Warn($"tool {name} waits (trigger {triggerId}): {said = waitsFor}");
                // A busy database changes all the time.
                await Task.Delay(Least, clock, stop).ConfigureAwait(false);
                await Task.WhenAny(changed.Task, Task.Delay(Patience, clock, stop)).ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
            }
            finally
            {
                store.Changed -= OnChange;
            }
        }
    }

    // How it ended, or what it waits for, which may last.
    private static (TriggerEnd? End, string? WaitsFor) Look(IStoreTransaction queue, long triggerId) =>
        queue.Flows.EndOf(triggerId) is { } end ? (end, null)
        : queue.Triggers.Find(triggerId) is { Status: "waiting", Reason: { } reason } ? (null, reason)
        : (null, null);

    private bool Cancel(IStoreTransaction queue, long triggerId)
    {
        const string Why = "the model that asked for it has ended";
        return queue.Triggers.Cancel(triggerId, Why, clock.GetUtcNow())
            || queue.Runs.RequestStopOfTrigger(triggerId, StopRequest.Stop).Count > 0;
    }

    private static ToolResultPart ResultOf(ToolCallPart call, TriggerEnd end)
    {
        if (end.Status != RunStatus.Succeeded.Name())
            return Failed(call, $"The run ended as {end.Status}: {end.Reason}");
        if (end.File is not null || end.ResultJson?.Length > LongestResult)
            return Failed(call, $"The result is longer than {LongestResult / 1024} KiB. Ask for less at once.");
        return new ToolResultPart(call.Id, end.ResultJson ?? "null", IsError: false);
    }

    private static ToolResultPart Failed(ToolCallPart call, string why) => new(call.Id, why, IsError: true);
}
