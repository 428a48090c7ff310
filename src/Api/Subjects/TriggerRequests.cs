using System.Globalization;
using System.Text;
using System.Text.Json;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Control;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Triggers;

namespace Aios.Api.Subjects;

/// <summary>Makes triggers of requests, once for each <c>Idempotency-Key</c>.</summary>
internal static class TriggerRequests
{
    private static readonly Field[] Members =
    [
        new(
            "args",
            new ListShape(new AnyShape()) { OrNull = true, About = "Positional arguments; they take the place of the job's" },
            IsRequired: false
        ),
        new(
            "kwargs",
            new MapShape(new AnyShape()) { OrNull = true, About = "Named arguments; they are laid over the job's" },
            IsRequired: false
        ),
        new("run_at", new InstantShape { OrNull = true, About = "Not before this" }, IsRequired: false),
        new(
            "priority",
            new WholeShape(int.MinValue, int.MaxValue) { OrNull = true, About = "Higher runs first (default: the job's)" },
            IsRequired: false
        ),
        new(
            "dedup_key",
            new TextShape
            {
                Shortest = 1,
                Longest = 1024,
                OrNull = true,
                About = "At most one trigger carries it",
            },
            IsRequired: false
        ),
    ];

    /// <summary>A trigger of a job that the path names.</summary>
    public static readonly ObjectShape Order = new("TriggerOrder", [.. Members]);

    /// <summary>Any triggers.</summary>
    public static readonly ObjectShape Orders = new(
        "TriggerOrders",
        [
            new(
                "triggers",
                new ListShape(new ObjectShape("NamedTriggerOrder", [new("job_name", new TextShape { Shortest = 1 }), .. Members]), 1, 1000)
                {
                    About = "All of them are made, or none",
                }
            ),
        ]
    );

    /// <summary>Reads one.</summary>
    public static NewTrigger Read(string jobName, JsonElement? order, DateTimeOffset now) =>
        new(jobName, TriggerSource.Api, now)
        {
            ArgsJson = Member(order, "args")?.GetRawText() ?? "[]",
            KwargsJson = Member(order, "kwargs")?.GetRawText() ?? "{}",
            RunAt = Member(order, "run_at") is { } at ? InstantShape.Parse(at.GetString()!) : null,
            Priority = Member(order, "priority")?.GetInt32(),
            DedupKey = Member(order, "dedup_key")?.GetString(),
        };

    /// <summary>Makes them in one commit.</summary>
    /// <returns>All of them, whether new or there already.</returns>
    public static async Task<(IReadOnlyList<TriggerSummary> Triggers, int Created, bool IsRepeated)> Place(
        ApiServices services,
        ApiRequest request,
        IReadOnlyList<NewTrigger> triggers
    )
    {
        var hash = request.IdempotencyKey is null ? "" : HashOf(request);
        return await services
            .Write(queue =>
            {
                var (ids, created, isRepeated) = PlaceOnce(queue, request, hash, triggers, services.Now);
                // Read back here and not later: on another connection it would wait for the next commit, or hold it up.
                return (ids.Select(queue.Triggers.Find).OfType<TriggerSummary>().ToList(), created, isRepeated);
            })
            .ConfigureAwait(false);
    }

    /// <summary>The answer to a request for a single one.</summary>
    public static async Task<Reply> PlaceOne(ApiServices services, ApiRequest request, NewTrigger trigger)
    {
        var (placed, created, isRepeated) = await Place(services, request, [trigger]).ConfigureAwait(false);
        if (placed is not [var row])
            throw new ProblemException(Problem.NotFound("The trigger that was made is not there any more."));
        var reply = Reply
            .Json(json => json.WriteTrigger(row), created > 0 ? 201 : 200)
            .With("Location", $"{ApiRoutes.Base}/triggers/{row.Id}");
        return Mark(reply, isRepeated);
    }

    /// <summary>Says so if the answer is to a request that came before.</summary>
    public static Reply Mark(Reply reply, bool isRepeated) => isRepeated ? reply.With("Idempotency-Replayed", "true") : reply;

    private static (IReadOnlyList<long> Ids, int Created, bool IsRepeated) PlaceOnce(
        IStoreTransaction queue,
        ApiRequest request,
        string hash,
        IReadOnlyList<NewTrigger> triggers,
        DateTimeOffset now
    )
    {
        if (request.IdempotencyKey is not { } key)
        {
            var (made, created) = queue.Place(triggers, request.Actor, now);
            return (made, created, false);
        }

        if (queue.Idempotency.Find(request.Principal.Name, key, now) is not { } former)
        {
            var (made, created) = queue.Place(triggers, request.Actor, now);
            queue.Idempotency.Put(request.Principal.Name, key, hash, $"{created} {string.Join(' ', made)}", now);
            return (made, created, false);
        }

        if (former.Request != hash)
            throw new ProblemException(
                new Problem(
                    422,
                    "key-used-otherwise",
                    "The Idempotency-Key was used for another request",
                    $"\"{key}\" came before with another path or body. Take a new key for a new request."
                )
            );
        var numbers = former.Made.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToList();
        return (numbers[1..], (int)numbers[0], true);
    }

    private static JsonElement? Member(JsonElement? order, string name) =>
        order is { } found && found.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string HashOf(ApiRequest request) =>
        Convert.ToHexStringLower(
            Sha256.Of(Encoding.UTF8.GetBytes($"{request.Route.Id} {string.Join('/', request.Path)} {request.Body?.GetRawText()}"))
        );
}
