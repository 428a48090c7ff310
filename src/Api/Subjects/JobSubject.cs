using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Control;
using Aios.Daemon.Ticks;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Runs;

namespace Aios.Api.Subjects;

/// <summary>Jobs: what there is, how it stands, and what can be done with it.</summary>
internal sealed class JobSubject(ApiServices services)
{
    private const string Base = $"{ApiRoutes.Base}/jobs";
    private static readonly ObjectShape StopOrder = new(
        "StopOrder",
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
                Id = "listJobs",
                Summary = "All jobs of this daemon's list",
                Query = [new("recent", new WholeShape(0, 50) { About = "Number of latest runs to return for each job (default: none)" })],
                Answer = new(ApiShapes.ListOf(ApiShapes.JobItem)),
                Handle = List,
            },
            new Route
            {
                Method = "GET",
                Path = new($"{Base}/{{job}}"),
                Role = Role.Viewer,
                Id = "showJob",
                Summary = "A job: its definition, why it waits, its latest runs",
                Answer = new(ApiShapes.Job),
                Handle = Show,
            },
            new Route
            {
                Method = "GET",
                Path = new($"{Base}/{{job}}/next"),
                Role = Role.Viewer,
                Id = "nextOccurrences",
                Summary = "The next occurrences of a job",
                Query = [new("count", new WholeShape(1, 1000) { About = "How many (default: 10)" })],
                Answer = new(ApiShapes.ListOf(ApiShapes.Occurrence)),
                Handle = Next,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/{{job}}/trigger"),
                Role = Role.Operator,
                Id = "triggerJob",
                Summary = "Request one run of a job, now or later; 200 if its dedup_key exists already",
                Body = TriggerRequests.Order,
                IsCreation = true,
                Answer = new(ApiShapes.Trigger, 201),
                Handle = Trigger,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/{{job}}/pause"),
                Role = Role.Operator,
                Id = "pauseJob",
                Summary = "Start no new runs of a job until it is resumed; current runs continue",
                Answer = Answer.None,
                Handle = Pause,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/{{job}}/resume"),
                Role = Role.Operator,
                Id = "resumeJob",
                Summary = "Let a paused, stopped or ended job run again",
                Answer = Answer.None,
                Handle = Resume,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/{{job}}/stop"),
                Role = Role.Operator,
                Id = "stopJob",
                Summary = "End all runs of a job and cancel its waiting triggers; an always job stays stopped until it is resumed",
                Body = StopOrder,
                Answer = new(ApiShapes.Stopped, 202),
                Handle = Stop,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/{{job}}/restart"),
                Role = Role.Operator,
                Id = "restartJob",
                Summary = "End a job's runs and start them again; a stopped always job starts",
                Answer = new(ApiShapes.Stopped, 202),
                Handle = Restart,
            },
        ];

    private async Task<Reply> List(ApiRequest request)
    {
        var jobs = services.Daemon.Jobs.Jobs.Where(job => request.Principal.Jobs.Match(job.Name)).ToList();
        var view = await services
            .Read(reader => new JobListView(reader, jobs, (int)(request.Whole("recent") ?? 0), services.Now))
            .ConfigureAwait(false);
        return Paging.All(jobs, view.Write);
    }

    private async Task<Reply> Show(ApiRequest request)
    {
        var job = Definition(request);
        return await services
            .Read(reader =>
                Reply.Json(json =>
                {
                    var facts = JobFacts.Of(reader, job.Name, services.Now);
                    var runs = reader.RunPage(new RowFilter { JobName = job.Name }, null, 10).Items;
                    json.WriteStartObject();
                    json.WriteJobMembers(
                        job,
                        facts.Hold,
                        facts.HealthOf(job, services.Now),
                        runs.Count > 0 ? runs[0] : null,
                        new ComingOccurrences(reader, services.Now).Of(job).FirstOrDefault()?.At
                    );
                    json.WriteText("waiting", JobWait.Reason(job, facts));
                    json.WriteText("schedule", JobSchedules.Of(job, reader.DatabaseId())?.ToString());
                    json.WriteString("defined_at", job.DefinedAt);
                    json.WritePropertyName("definition");
                    if (request.Principal.Role >= Role.Admin)
                        JobJson.Write(json, job);
                    else
                        json.WriteRawValue(JobDefinition.Masked(job));
                    json.WriteArray("runs", runs, (writer, run) => writer.WriteRun(run, withResult: false));
                    json.WriteEndObject();
                })
            )
            .ConfigureAwait(false);
    }

    private async Task<Reply> Next(ApiRequest request)
    {
        var job = Definition(request);
        var coming = await services.Read(reader => new ComingOccurrences(reader, services.Now)).ConfigureAwait(false);
        return Paging.All(coming.Of(job).Take((int)(request.Whole("count") ?? 10)), (json, occurrence) => json.WriteOccurrence(occurrence));
    }

    private async Task<Reply> Trigger(ApiRequest request)
    {
        var name = request.Name(RoutePath.Job);
        await services.FindJob(name).ConfigureAwait(false);
        return await TriggerRequests
            .PlaceOne(services, request, TriggerRequests.Read(name, request.Body, services.Now) with { TraceParent = request.TraceParent })
            .ConfigureAwait(false);
    }

    private async Task<Reply> Pause(ApiRequest request)
    {
        var name = request.Name(RoutePath.Job);
        await services.FindJob(name).ConfigureAwait(false);
        await services
            .Write(queue =>
            {
                queue.Pause(name, request.Actor, services.Now);
                return true;
            })
            .ConfigureAwait(false);
        return Reply.Nothing();
    }

    // Also one that has left every list meanwhile, so its name is looked up only if it was not held.
    private async Task<Reply> Resume(ApiRequest request)
    {
        var name = request.Name(RoutePath.Job);
        if (!await services.Write(queue => queue.Resume(name, request.Actor, services.Now)).ConfigureAwait(false))
            await services.FindJob(name).ConfigureAwait(false);
        return Reply.Nothing();
    }

    private async Task<Reply> Stop(ApiRequest request)
    {
        var name = request.Name(RoutePath.Job);
        var isAlways = await services.FindJob(name).ConfigureAwait(false) is { IsKeptRunning: true };
        var how = request.Flag("now") ? StopRequest.Kill : StopRequest.Stop;
        var outcome = await services.Write(queue => queue.StopJob(name, isAlways, how, request.Actor, services.Now)).ConfigureAwait(false);
        while (outcome.Rest is not null)
        {
            var before = outcome;
            outcome = await services.Write(queue => queue.StopMore(name, how, before, request.Actor, services.Now)).ConfigureAwait(false);
        }

        return Told(outcome);
    }

    private async Task<Reply> Restart(ApiRequest request)
    {
        var name = request.Name(RoutePath.Job);
        var job = await services.FindJob(name).ConfigureAwait(false);
        var runs = await services
            .Write(queue => queue.RestartJob(name, job is { IsKeptRunning: true }, request.Actor, services.Now))
            .ConfigureAwait(false);
        if (runs.Count == 0 && job is not { IsKeptRunning: true })
            throw new ProblemException(Problem.Conflict($"Nothing of \"{name}\" runs that could be restarted. Trigger it to start it."));
        return Told(new StopOutcome(runs, 0));
    }

    private static Reply Told(StopOutcome outcome) =>
        Reply.Json(
            json =>
            {
                json.WriteStartObject();
                json.WriteArray("runs", outcome.Runs, (writer, id) => writer.WriteNumberValue(id));
                json.WriteNumber("canceled_triggers", outcome.CanceledTriggers);
                json.WriteEndObject();
            },
            202
        );

    private Job Definition(ApiRequest request)
    {
        var name = request.Name(RoutePath.Job);
        return services.Daemon.Jobs.Find(name)
            ?? throw new ProblemException(
                Problem.NotFound($"There is no job named \"{name}\" in the list of this daemon.{services.Daemon.Jobs.Hint(name)}")
            );
    }
}
