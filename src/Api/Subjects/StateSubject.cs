using System.Text;
using System.Text.Json;
using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Control;
using Aios.Store;

namespace Aios.Api.Subjects;

/// <summary>What programs remember from run to run.</summary>
internal sealed class StateSubject(ApiServices services)
{
    private const string Base = $"{ApiRoutes.Base}/state";
    private static readonly Parameter OfJob = new(
        "job",
        new TextShape { Shortest = 1, About = "Whose state; without it, the state that all jobs share" }
    );
    private static readonly ObjectShape Entry = new(
        "StateEntry",
        [new("key", ApiShapes.Text), new("value", new AnyShape()), new("updated", ApiShapes.Instant)]
    );
    private static readonly ObjectShape NewValue = new("StateValue", [new("value", new AnyShape())]);

    /// <summary>What can be asked for.</summary>
    public IEnumerable<Route> Routes =>
        [
            new Route
            {
                Method = "GET",
                Path = new(Base),
                Role = Role.Viewer,
                Id = "listState",
                Summary = "All values of a job, or of the shared state",
                Query = [OfJob],
                Answer = new(ApiShapes.ListOf(Entry)),
                Handle = List,
            },
            new Route
            {
                Method = "GET",
                Path = new($"{Base}/{{key}}"),
                Role = Role.Viewer,
                Id = "showState",
                Summary = "A value",
                Query = [OfJob],
                Answer = new(Entry),
                Handle = Show,
            },
            new Route
            {
                Method = "PUT",
                Path = new($"{Base}/{{key}}"),
                Role = Role.Operator,
                Id = "setState",
                Summary = "Set a value",
                Query = [OfJob],
                Body = NewValue,
                NeedsBody = true,
                Answer = Answer.None,
                Handle = Set,
            },
            new Route
            {
                Method = "DELETE",
                Path = new($"{Base}/{{key}}"),
                Role = Role.Operator,
                Id = "deleteState",
                Summary = "Delete a value",
                Query = [OfJob],
                Answer = Answer.None,
                Handle = Delete,
            },
        ];

    private async Task<Reply> List(ApiRequest request)
    {
        var job = JobOf(request);
        return Paging.All(await services.Read(reader => reader.State(job)).ConfigureAwait(false), Write);
    }

    private async Task<Reply> Show(ApiRequest request)
    {
        var (job, key) = (JobOf(request), KeyOf(request));
        var found = await services.Read(reader => reader.State(job, key)).ConfigureAwait(false);
        return found is [var entry] ? Reply.Json(json => Write(json, entry)) : throw Missing(key);
    }

    private async Task<Reply> Set(ApiRequest request)
    {
        var (job, key, value) = (JobOf(request), KeyOf(request), request.Body!.Value.GetProperty("value").GetRawText());
        await services
            .Write(queue =>
            {
                queue.SetState(job, key, value, request.Actor, services.Now);
                return true;
            })
            .ConfigureAwait(false);
        return Reply.Nothing();
    }

    private async Task<Reply> Delete(ApiRequest request)
    {
        var (job, key) = (JobOf(request), KeyOf(request));
        return await services.Write(queue => queue.DeleteState(job, key, request.Actor, services.Now)).ConfigureAwait(false)
            ? Reply.Nothing()
            : throw Missing(key);
    }

    private static ProblemException Missing(string key) => new(Problem.NotFound($"There is no value \"{key}\"."));

    private static string JobOf(ApiRequest request)
    {
        var job = request.Text("job");
        if (job is null && request.Principal.IsLimited)
            throw new ProblemException(
                new Problem(
                    403,
                    "forbidden",
                    "Not allowed",
                    "What all jobs share is not for a key that is for some jobs only. Name the job."
                )
            );
        if (job is not null && !request.Principal.Jobs.Match(job))
            throw new ProblemException(
                Problem.NotFound($"There is no job named \"{job}\". GET /api/v1/jobs lists all that this key may see.")
            );
        return job ?? IState.Shared;
    }

    private static string KeyOf(ApiRequest request)
    {
        var key = request.Name("key");
        if (Encoding.UTF8.GetByteCount(key) <= IState.LongestKey)
            return key;
        throw new ProblemException(Problem.Invalid("key", $"may have {IState.LongestKey} bytes"));
    }

    private static void Write(Utf8JsonWriter json, StateEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("key", entry.Key);
        json.WritePropertyName("value");
        json.WriteStored(entry.ValueJson);
        json.WriteInstant("updated", entry.Updated);
        json.WriteEndObject();
    }
}
