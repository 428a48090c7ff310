using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Control;
using Aios.Store.Triggers;

namespace Aios.Api.Subjects;

/// <summary>Triggers: what should run, and what became of it.</summary>
internal sealed class TriggerSubject(ApiServices services)
{
    private const string Base = $"{ApiRoutes.Base}/triggers";

    /// <summary>What can be asked for.</summary>
    public IEnumerable<Route> Routes =>
        [
            new Route
            {
                Method = "GET",
                Path = new(Base),
                Role = Role.Viewer,
                Id = "listTriggers",
                Summary = "Triggers, newest first",
                Query =
                [
                    new("job", ApiShapes.Text with { About = "Only those of this job" }),
                    new("status", ApiShapes.Status),
                    new("since", ApiShapes.Instant with { About = "Made then or later" }),
                    new("until", ApiShapes.Instant with { About = "Made before" }),
                    .. Paging.Parameters,
                ],
                Answer = new(ApiShapes.PageOf(ApiShapes.Trigger)),
                Handle = List,
            },
            new Route
            {
                Method = "GET",
                Path = new($"{Base}/{{id}}"),
                Role = Role.Viewer,
                Id = "showTrigger",
                Summary = "A trigger",
                Answer = new(ApiShapes.Trigger),
                Handle = Show,
            },
            new Route
            {
                Method = "POST",
                Path = new(Base),
                Role = Role.Operator,
                Id = "createTriggers",
                Summary = "Request many runs at once: all are created or none; 200 if none is new",
                Body = TriggerRequests.Orders,
                NeedsBody = true,
                IsCreation = true,
                Answer = new(ApiShapes.Triggers, 201),
                Handle = Create,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/{{id}}/cancel"),
                Role = Role.Operator,
                Id = "cancelTrigger",
                Summary = "Cancel a trigger, or end its run",
                Answer = new(ApiShapes.Trigger, 202),
                Handle = Cancel,
            },
        ];

    private async Task<Reply> List(ApiRequest request)
    {
        var cursor = request.Cursor();
        var page = await services.Read(reader => reader.TriggerPage(request.Filter(), cursor, request.Limit())).ConfigureAwait(false);
        return Paging.Reply(page, (json, trigger) => json.WriteTrigger(trigger));
    }

    private async Task<Reply> Show(ApiRequest request)
    {
        var trigger = await Find(request).ConfigureAwait(false);
        return Reply.Json(json => json.WriteTrigger(trigger));
    }

    private async Task<Reply> Create(ApiRequest request)
    {
        var orders = request
            .Member("triggers")!
            .Value.EnumerateArray()
            .Select(order =>
                TriggerRequests.Read(order.GetProperty("job_name").GetString()!, order, services.Now) with
                {
                    TraceParent = request.TraceParent,
                }
            )
            .ToList();
        await RefuseUnknownJobs(request, orders).ConfigureAwait(false);
        var (placed, created, isRepeated) = await TriggerRequests.Place(services, request, orders).ConfigureAwait(false);
        var reply = Reply.Json(
            json =>
            {
                json.WriteStartObject();
                json.WriteArray("items", placed, (writer, trigger) => writer.WriteTrigger(trigger));
                json.WriteNumber("created", created);
                json.WriteEndObject();
            },
            created > 0 ? 201 : 200
        );
        return TriggerRequests.Mark(reply, isRepeated);
    }

    private async Task RefuseUnknownJobs(ApiRequest request, List<NewTrigger> orders)
    {
        var defects = new Defects();
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < orders.Count; i++)
        {
            var name = orders[i].JobName;
            if (known.Contains(name))
                continue;
            var isTheirs = request.Principal.Jobs.Match(name);
            if (
                isTheirs
                && (
                    services.Daemon.Jobs.Find(name) is not null
                    || await services.Read(reader => reader.KnowsJob(name)).ConfigureAwait(false)
                )
            )
                known.Add(name);
            else
            {
                var hint = isTheirs ? services.Daemon.Jobs.Hint(name) : " GET /api/v1/jobs lists all that this key may see.";
                defects.Add($"/triggers/{i}/job_name", $"there is no job named \"{name}\".{hint}");
            }
        }

        if (defects.Found.Count > 0)
            throw new ProblemException(Problem.Invalid(defects.Found));
    }

    private async Task<Reply> Cancel(ApiRequest request)
    {
        var trigger = await Find(request).ConfigureAwait(false);
        var isDone = await services.Write(queue => queue.CancelTrigger(trigger, request.Actor, services.Now)).ConfigureAwait(false);
        var after = await Find(request).ConfigureAwait(false);
        if (!isDone)
            throw new ProblemException(Problem.Conflict($"Trigger {trigger.Id} is over: it is {after.Status}."));
        return Reply.Json(json => json.WriteTrigger(after), 202);
    }

    private async Task<TriggerSummary> Find(ApiRequest request) =>
        request.Visible(
            await services.Read(reader => reader.Trigger(request.Id)).ConfigureAwait(false),
            trigger => trigger.JobName,
            $"trigger {request.Id}"
        );
}
