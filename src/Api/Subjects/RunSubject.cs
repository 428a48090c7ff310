using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Control;
using Aios.Store.Results;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Api.Subjects;

/// <summary>Runs: what happened and goes on.</summary>
internal sealed class RunSubject(ApiServices services)
{
    private const string Base = $"{ApiRoutes.Base}/runs";
    private static readonly ObjectShape CancelOrder = new(
        "CancelOrder",
        [new("now", new FlagShape { About = "Kill at once, without TERM and without grace" }, IsRequired: false)]
    );

    /// <summary>What can be asked for.</summary>
    public IEnumerable<Route> Routes =>
        [
            new Route
            {
                Method = "GET",
                Path = new(Base),
                Role = Role.Viewer,
                Id = "listRuns",
                Summary = "Runs, newest first, without their results",
                Query =
                [
                    new("job", ApiShapes.Text with { About = "Only those of this job" }),
                    new("status", ApiShapes.Status),
                    new("trigger", new WholeShape(1) { About = "Only those of this trigger" }),
                    new("device", ApiShapes.Text with { About = "Only those on this device" }),
                    new("since", ApiShapes.Instant with { About = "Started then or later" }),
                    new("until", ApiShapes.Instant with { About = "Started before" }),
                    .. Paging.Parameters,
                ],
                Answer = new(ApiShapes.PageOf(ApiShapes.RunItem)),
                Handle = List,
            },
            new Route
            {
                Method = "GET",
                Path = new($"{Base}/{{id}}"),
                Role = Role.Viewer,
                Id = "showRun",
                Summary = "A run",
                Answer = new(ApiShapes.Run),
                Handle = Show,
            },
            new Route
            {
                Method = "GET",
                Path = new($"{Base}/{{id}}/result"),
                Role = Role.Viewer,
                Id = "runResult",
                Summary = "The result of a run, unchanged, also one that is in a file",
                Answer = new(new AnyShape()),
                Handle = Result,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/{{id}}/cancel"),
                Role = Role.Operator,
                Id = "cancelRun",
                Summary = "End a run; between two attempts, cancel its trigger",
                Body = CancelOrder,
                Answer = new(ApiShapes.Run, 202),
                Handle = Cancel,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/{{id}}/retry"),
                Role = Role.Operator,
                Id = "retryRun",
                Summary = "Run the same again, with the same arguments",
                IsCreation = true,
                Answer = new(ApiShapes.Trigger, 201),
                Handle = Retry,
            },
        ];

    private async Task<Reply> List(ApiRequest request)
    {
        var cursor = request.Cursor();
        var page = await services.Read(reader => reader.RunPage(request.Filter(), cursor, request.Limit())).ConfigureAwait(false);
        return Paging.Reply(page, (json, run) => json.WriteRun(run, withResult: false));
    }

    private async Task<Reply> Show(ApiRequest request)
    {
        var run = await Find(request).ConfigureAwait(false);
        return Reply.Json(json => json.WriteRun(run));
    }

    private async Task<Reply> Result(ApiRequest request)
    {
        var run = await Find(request).ConfigureAwait(false);
        return Reply.Text(Result(run) ?? throw new ProblemException(Problem.NotFound($"Run {run.Id} has no result.")), "application/json");
    }

    private string? Result(RunSummary run)
    {
        try
        {
            return run.ResultFile is { } file ? services.Daemon.Results.Read(file) : run.ResultJson;
        }
        catch (ResultFileException error)
        {
            throw new ProblemException(Problem.NotFound($"The result of run {run.Id} cannot be had: {error.Message}."));
        }
    }

    private async Task<Reply> Cancel(ApiRequest request)
    {
        var run = await Find(request).ConfigureAwait(false);
        var how = request.Flag("now") ? StopRequest.Kill : StopRequest.Stop;
        var outcome = await services.Write(queue => queue.StopRun(run, how, request.Actor, services.Now)).ConfigureAwait(false);
        if (outcome.IsNothing)
            throw new ProblemException(Problem.Conflict($"Run {run.Id} is over: it has {run.Status}."));
        var after = await Find(request).ConfigureAwait(false);
        return Reply.Json(json => json.WriteRun(after), 202);
    }

    private async Task<Reply> Retry(ApiRequest request)
    {
        var run = await Find(request).ConfigureAwait(false);
        if (run.Ended is null)
            throw new ProblemException(Problem.Conflict($"Run {run.Id} is still running. Restart its job, or cancel it first."));
        var details = await services.Write(queue => queue.Triggers.Details(run.TriggerId)).ConfigureAwait(false);
        if (details is null)
            throw new ProblemException(
                Problem.Conflict(
                    $"The trigger of run {run.Id} is not kept any more, and so its arguments are not known. Trigger the job instead."
                )
            );
        return await TriggerRequests
            .PlaceOne(
                services,
                request,
                new NewTrigger(run.JobName, TriggerSource.Api, services.Now)
                {
                    ArgsJson = details.ArgsJson,
                    KwargsJson = details.KwargsJson,
                    Note = $"the same as run {run.Id}",
                }
            )
            .ConfigureAwait(false);
    }

    private async Task<RunSummary> Find(ApiRequest request) =>
        request.Visible(
            await services.Read(reader => reader.Run(request.Id)).ConfigureAwait(false),
            run => run.JobName,
            $"run {request.Id}"
        );
}
