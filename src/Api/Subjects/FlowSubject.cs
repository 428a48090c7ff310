using System.Text.Json;
using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Control;
using Aios.Control.Confirm;
using Aios.Control.Flows;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Flows;

namespace Aios.Api.Subjects;

/// <summary>Flows: runs of jobs with steps; and the signals for which they wait.</summary>
internal sealed class FlowSubject(ApiServices services, ConfirmedWrites confirmed)
{
    private const string Base = $"{ApiRoutes.Base}/flows";
    private const int MostAtOnce = 1000;

    private static readonly ObjectShape RetryOrder = new(
        "RetryOrder",
        [
            new(
                "from",
                new TextShape { OrNull = true, About = "The step from which it begins again (default: what has not succeeded)" },
                IsRequired: false
            ),
        ]
    );

    private static readonly ObjectShape SignalOrder = new(
        "SignalOrder",
        [
            new(
                "name",
                new TextShape
                {
                    Shortest = 1,
                    Longest = 1024,
                    About = "The name for which steps wait",
                }
            ),
            new(
                "flow",
                new WholeShape(1) { OrNull = true, About = "Only for this flow (default: all that have started)" },
                IsRequired: false
            ),
            new("data", new AnyShape { About = "The result of the steps that wait" }, IsRequired: false),
        ]
    );

    private static readonly ObjectShape Signal = new(
        "Signal",
        [
            new("id", new WholeShape(1)),
            new("name", ApiShapes.Text),
            new("flow_id", new WholeShape(1) { OrNull = true }),
            new("flows_waiting", new WholeShape { About = "How many flows waited for it" }),
        ]
    );

    private static readonly ObjectShape CancelOrder = new(
        "CancelFlowsOrder",
        [new("flows", new ListShape(new WholeShape(1), 1, MostAtOnce) { About = "The numbers of the flows" })]
    );

    private static readonly ObjectShape Canceled = new(
        "CanceledFlows",
        [
            new("canceled", new ListShape(new WholeShape(1)) { About = "The flows that are being ended" }),
            new(
                "refused",
                new ListShape(new ObjectShape("RefusedFlow", [new("flow_id", new WholeShape(1)), new("detail", ApiShapes.Text)]))
                {
                    About = "Those that are not, and why",
                }
            ),
        ]
    );

    /// <summary>What can be asked for.</summary>
    public IEnumerable<Route> Routes =>
        [
            new Route
            {
                Method = "GET",
                Path = new(Base),
                Role = Role.Viewer,
                Id = "listFlows",
                Summary = "Flows, newest first, without their steps",
                Query =
                [
                    new("job", ApiShapes.Text with { About = "Only those of this job" }),
                    new("status", ApiShapes.Status),
                    new("since", ApiShapes.Instant with { About = "Started then or later" }),
                    new("until", ApiShapes.Instant with { About = "Started before" }),
                    .. Paging.Parameters,
                ],
                Answer = new(ApiShapes.PageOf(FlowShapes.FlowItem)),
                Handle = List,
            },
            new Route
            {
                Method = "GET",
                Path = new($"{Base}/{{id}}"),
                Role = Role.Viewer,
                Id = "showFlow",
                Summary = "A flow with its steps in their order",
                Answer = new(FlowShapes.Flow),
                Handle = Show,
            },
            new Route
            {
                Method = "GET",
                Path = new($"{Base}/{{id}}/steps/{{step}}/items"),
                Role = Role.Viewer,
                Id = "listItems",
                Summary = "The items of a step with `each` that have begun, in their order",
                Query = [new("status", FlowShapes.StepState), .. Paging.Parameters],
                Answer = new(ApiShapes.PageOf(FlowShapes.Item)),
                Handle = ListItems,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/{{id}}/retry"),
                Role = Role.Operator,
                Id = "retryFlow",
                Summary = "Begin a flow that is over again; steps that have succeeded stay",
                Body = RetryOrder,
                Answer = new(FlowShapes.Flow, 202),
                Handle = Retry,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/{{id}}/cancel"),
                Role = Role.Operator,
                Id = "cancelFlow",
                Summary = "End a flow; only its steps with `always` still run",
                Answer = new(FlowShapes.Flow, 202),
                Handle = Cancel,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/cancel"),
                Role = Role.Operator,
                Id = "cancelFlows",
                Summary = "End several flows; only their steps with `always` still run",
                Body = CancelOrder,
                NeedsBody = true,
                IsConfirmed = true,
                Answer = new(Canceled, 202),
                Handle = CancelMany,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/{{id}}/update"),
                Role = Role.Operator,
                Id = "updateFlow",
                Summary = "Let a flow follow the current job list, if its steps that have begun still fit",
                Answer = new(FlowShapes.Flow, 202),
                Handle = Update,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{ApiRoutes.Base}/signals"),
                Role = Role.Operator,
                Id = "sendSignal",
                Summary = "Send a signal to the flows that wait for it",
                Body = SignalOrder,
                NeedsBody = true,
                Answer = new(Signal, 201),
                Handle = Send,
            },
        ];

    private async Task<Reply> List(ApiRequest request)
    {
        var cursor = request.Cursor();
        var page = await services.Read(reader => reader.FlowPage(request.Filter(), cursor, request.Limit())).ConfigureAwait(false);
        return Paging.Reply(page, (json, flow) => json.WriteFlow(flow));
    }

    private async Task<Reply> Show(ApiRequest request)
    {
        var flow = await Find(request, request.Id).ConfigureAwait(false);
        return Reply.Json(json => json.WriteFlow(flow));
    }

    private async Task<Reply> ListItems(ApiRequest request)
    {
        var (from, limit) = ((int)Math.Min(request.Cursor() ?? 0, int.MaxValue), request.Limit());
        var flow = await Find(request, request.Id).ConfigureAwait(false);
        var step = request.Name("step");
        if (flow.Steps.All(known => known.Name != step))
            throw new ProblemException(
                Problem.NotFound(
                    $"Flow {request.Id} has no step \"{step}\".{NearestName.Hint(step, flow.Steps.Select(known => known.Name))}"
                )
            );
        StepStatus? status = request.Text("status") is { } name ? StepStatusNames.Parse(name) : null;
        var items = await services.Read(reader => reader.FlowItems(request.Id, step, status, from, limit)).ConfigureAwait(false);
        long? next = items.Count == limit ? items[^1].Step.Item + 1 : null;
        return Paging.Reply(new Page<StepSummary>(items, next), (json, item) => json.WriteItem(item));
    }

    private Task<Reply> Retry(ApiRequest request) =>
        Do(request, queue => queue.RetryFlow(request.Id, request.Member("from")?.GetString(), request.Actor, services.Now));

    private Task<Reply> Cancel(ApiRequest request) => Do(request, queue => queue.CancelFlow(request.Id, request.Actor, services.Now));

    private async Task<Reply> CancelMany(ApiRequest request)
    {
        var ids = request.Member("flows")!.Value.EnumerateArray().Select(id => id.GetInt64()).Distinct().ToList();
        // One read each, so that none holds up a commit for long.
        foreach (var id in ids)
            request.Visible(
                await services.Read(reader => reader.Flow(id)).ConfigureAwait(false),
                flow => flow.Summary.JobName,
                $"flow {id}"
            );
        var (canceled, refused) = await confirmed
            .Write(request, ids.Count > 1 ? RiskyOperation.CancelMany(ids) : null, queue =>
                queue.CancelFlows(ids, request.Actor, services.Now)
            )
            .ConfigureAwait(false);
        if (canceled.Count == 0)
            Refusals.ThrowIf(refused[0].Why);
        return Reply.Json(
            json =>
            {
                json.WriteStartObject();
                json.WriteArray("canceled", canceled, (writer, id) => writer.WriteNumberValue(id));
                json.WriteArray("refused", refused, WriteRefused);
                json.WriteEndObject();
            },
            202
        );
    }

    private static void WriteRefused(Utf8JsonWriter json, (long Id, Refusal Why) refused)
    {
        json.WriteStartObject();
        json.WriteNumber("flow_id", refused.Id);
        json.WriteString("detail", refused.Why.Words);
        json.WriteEndObject();
    }

    private Task<Reply> Update(ApiRequest request) =>
        Do(request, queue => queue.UpdateFlow(request.Id, services.Daemon.Jobs.Find, request.Actor, services.Now));

    private async Task<Reply> Send(ApiRequest request)
    {
        var name = request.Member("name")!.Value.GetString()!;
        var id = request.Member("flow")?.GetInt64();
        if (id is { } flow)
            await Find(request, flow).ConfigureAwait(false);
        else if (request.Principal.IsLimited)
            throw new ProblemException(
                new Problem(
                    403,
                    "forbidden",
                    "Not allowed",
                    "A signal for all flows is not for a key that is for some jobs only. Name the flow."
                )
            );
        var data = request.Body is { } body && body.TryGetProperty("data", out var given) ? given.GetRawText() : "null";
        var (refusal, sent) = await services
            .Write(queue => (queue.SendSignal(name, id, data, request.Actor, services.Now, out var result), result))
            .ConfigureAwait(false);
        Refusals.ThrowIf(refusal);
        return Reply.Json(
            json =>
            {
                json.WriteStartObject();
                json.WriteNumber("id", sent.Id);
                json.WriteString("name", name);
                json.WriteNumberOrNull("flow_id", id);
                json.WriteNumber("flows_waiting", sent.Flows);
                json.WriteEndObject();
            },
            201
        );
    }

    private async Task<Reply> Do(ApiRequest request, Func<IStoreTransaction, Refusal?> order)
    {
        await Find(request, request.Id).ConfigureAwait(false);
        Refusals.ThrowIf(await services.Write(order).ConfigureAwait(false));
        var after = await Find(request, request.Id).ConfigureAwait(false);
        return Reply.Json(json => json.WriteFlow(after), 202);
    }

    private async Task<FlowView> Find(ApiRequest request, long id) =>
        request.Visible(
            await services.Read(reader => FlowView.Of(reader, id)).ConfigureAwait(false),
            flow => flow.Summary.JobName,
            $"flow {id}"
        );
}
