using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Api.Subjects;
using Aios.Control;
using Aios.Control.Spending;
using Aios.Store.Models;

namespace Aios.Api.Models;

/// <summary>Calls to language models: what was asked of whom, why, and what it cost.</summary>
internal sealed class CallSubject(ApiServices services)
{
    private const string Base = $"{ApiRoutes.Base}/calls";

    private static readonly WholeShape Number = new(1);
    private static readonly WholeShape Count = new();
    private static readonly WholeShape CountOrNull = new() { OrNull = true };
    private static readonly NumberShape Dollars = new() { About = "US dollars" };
    private static readonly NumberShape SecondsOrNull = new() { OrNull = true, About = "Seconds" };

    private static readonly TextShape Outcome = new()
    {
        Choices = [.. Enum.GetValues<CallOutcome>().Select(outcome => outcome.Name())],
        About = "docs/models.md says what each of them means",
    };

    private static readonly ObjectShape Call = new(
        "Call",
        [
            new("id", Number),
            new("call", Number with { About = "The number of the call, the same for all its attempts" }),
            new("attempt", Count),
            new("created", ApiShapes.Instant),
            new("run_id", CountOrNull with { About = "The run whose program asked" }),
            new("flow_id", CountOrNull),
            new("job_name", ApiShapes.TextOrNull),
            new("caller", ApiShapes.TextOrNull with { About = "Who asked, if it was no run: `key deploy`" }),
            new("route", ApiShapes.Text with { About = "The route or model that was asked for" }),
            new("kind", ApiShapes.Text),
            new("model", ApiShapes.TextOrNull with { About = "The model that was called; null if none was chosen" }),
            new("provider", ApiShapes.TextOrNull),
            new("outcome", Outcome),
            new("reason", ApiShapes.TextOrNull with { About = "Why there is no answer" }),
            new("input_tokens", Count),
            new("output_tokens", Count),
            new("cached_input_tokens", Count),
            new("cache_write_tokens", Count),
            new("reasoning_tokens", Count),
            new("images", Count),
            new("counted", new TextShape { Choices = ["provider", "aios"], About = "Who counted the tokens" }),
            new("cost", Dollars),
            new("reserved", Dollars with { About = "What was reserved before it was sent, US dollars" }),
            new("provider_request", ApiShapes.TextOrNull with { About = "What the provider calls the request" }),
            new("response_id", ApiShapes.TextOrNull with { About = "What the provider calls the answer" }),
            new("reconciled", ApiShapes.InstantOrNull with { About = "When somebody entered what it cost" }),
            new("reconciled_by", ApiShapes.TextOrNull),
            new("former_cost", new NumberShape { OrNull = true, About = "What it had cost by AIOS before, US dollars" }),
            new("first_token", SecondsOrNull with { About = "How long the first piece of the answer took, seconds" }),
            new("duration", SecondsOrNull),
            new("confidence", new NumberShape { OrNull = true, About = "How far the answer can be trusted, from 0 to 1" }),
            new("why", new AnyShape { About = "The strategy, and each model of the route with what spoke for or against it; or null" }),
            new("price", new AnyShape { About = "The price that was applied, US dollars for a million tokens of each class; or null" }),
        ]
    );

    private static readonly ObjectShape Detail = new(
        "CallDetail",
        [
            new("call", Number),
            new("outcome", Outcome with { About = "That of the last attempt" }),
            new("cost", Dollars with { About = "Of all attempts, US dollars" }),
            new("attempts", new ListShape(Call) { About = "In the order in which they ended" }),
        ]
    );

    private static readonly ObjectShape ReconcileOrder = new(
        "ReconcileOrder",
        [
            new("cost", Dollars with { About = "What it cost, US dollars; 0 if the provider did not bill it" }),
            new(
                "attempt",
                new WholeShape(1, int.MaxValue)
                {
                    OrNull = true,
                    About = "Which attempt of the call (default: the only one that was sent, or whose answer was lost)",
                },
                IsRequired: false
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
                Id = "listCalls",
                Summary = "Attempts of calls to language models, newest first",
                Query =
                [
                    new("job", ApiShapes.Text with { About = "Only those of this job" }),
                    new("run", Number with { About = "Only those of this run" }),
                    new("flow", Number with { About = "Only those of this flow" }),
                    new("model", ApiShapes.Text with { About = "Only those to this model" }),
                    new("route", ApiShapes.Text with { About = "Only those that asked for this route" }),
                    new("outcome", Outcome),
                    new("since", ApiShapes.Instant with { About = "Begun then or later" }),
                    new("until", ApiShapes.Instant with { About = "Begun before" }),
                    .. Paging.Parameters,
                ],
                Answer = new(ApiShapes.PageOf(Call)),
                Handle = List,
            },
            new Route
            {
                Method = "GET",
                Path = new($"{Base}/{{id}}"),
                Role = Role.Viewer,
                Id = "showCall",
                Summary = "A call with all its attempts, by the number of any of them",
                Answer = new(Detail),
                Handle = Show,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/{{id}}/reconcile"),
                Role = Role.Admin,
                Id = "reconcileCall",
                Summary = "Enter what a call cost by the provider's own account",
                Body = ReconcileOrder,
                NeedsBody = true,
                Answer = new(Detail),
                Handle = Reconcile,
            },
        ];

    private async Task<Reply> List(ApiRequest request)
    {
        var cursor = request.Cursor();
        var filter = new CallFilter
        {
            RunId = request.Whole("run"),
            FlowId = request.Whole("flow"),
            Model = request.Text("model"),
            Route = request.Text("route"),
            Outcome = request.Text("outcome") is { } text ? Enum.GetValues<CallOutcome>().First(outcome => outcome.Name() == text) : null,
        };
        var page = await services
            .Read(reader => reader.Calls.Page(request.Filter(withStatus: false), filter, cursor, request.Limit()))
            .ConfigureAwait(false);
        return Paging.Reply(page, (json, call) => json.WriteCall(call));
    }

    private async Task<Reply> Show(ApiRequest request)
    {
        var attempts = await services.Read(reader => reader.Calls.Attempts(request.Id)).ConfigureAwait(false);
        if (attempts.Count == 0 || !IsVisible(attempts[0], request.Principal))
            throw new ProblemException(Problem.NotFound($"There is no call {request.Id}."));
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("call", attempts[0].Call);
            json.WriteString("outcome", attempts[^1].Outcome.Name());
            json.WriteNumber("cost", attempts.Sum(attempt => attempt.Cost));
            json.WriteArray("attempts", attempts, (writer, attempt) => writer.WriteCall(attempt));
            json.WriteEndObject();
        });
    }

    private async Task<Reply> Reconcile(ApiRequest request)
    {
        var attempts = await services.Read(reader => reader.Calls.Attempts(request.Id)).ConfigureAwait(false);
        if (attempts.Count == 0 || !IsVisible(attempts[0], request.Principal))
            throw new ProblemException(Problem.NotFound($"There is no call {request.Id}."));
        if (!request.Member("cost")!.Value.TryGetDecimal(out var cost))
            throw new ProblemException(Problem.Invalid("/cost", "expected US dollars such as 0.0123"));
        var attempt = (int?)request.Member("attempt")?.GetInt32();
        var (refusal, _, _) = await services
            .Write(queue => queue.ReconcileCall(request.Id, attempt, cost, request.Actor, services.Now))
            .ConfigureAwait(false);
        Refusals.ThrowIf(refusal);
        return await Show(request).ConfigureAwait(false);
    }

    // Those of no job are for keys that see all jobs.
    private static bool IsVisible(CallRecord call, Principal principal) =>
        call.JobName is { } job ? principal.Jobs.Match(job) : !principal.IsLimited;
}
