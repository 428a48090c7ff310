using System.Globalization;
using System.Text.Json;
using Aios.Access;
using Aios.Api.Shapes;
using Aios.Store.Audit;
using Aios.Store.Jobs;
using Aios.Store.Runs;

namespace Aios.Api.Routes;

/// <summary>A request that has been found to be as its route expects, from somebody who may make it.</summary>
/// <param name="Route">What is asked for.</param>
/// <param name="Principal">Who asks.</param>
/// <param name="Path">The values of the names in the path.</param>
/// <param name="Query">What stands behind the question mark.</param>
/// <param name="Body">Null where there is none.</param>
/// <param name="IdempotencyKey">Null where there is none.</param>
internal sealed record ApiRequest(
    Route Route,
    Principal Principal,
    string[] Path,
    IReadOnlyDictionary<string, string> Query,
    JsonElement? Body,
    string? IdempotencyKey
)
{
    /// <summary>What a reader of events says that has lost its connection; null for others.</summary>
    public string? LastEventId { get; init; }

    /// <summary>Whether they may still ask for this: their key may be revoked while a long answer goes on.</summary>
    public required Func<bool> IsStillAllowed { get; init; }

    /// <summary>Who asks, for the audit.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The trace that it is part of, as W3C writes it; null where there is none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Which version is to be there for the request to be done; null where nobody cares.</summary>
    public string? IfMatch { get; init; }

    /// <summary>Which version must not be there; <c>*</c> for none at all.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>What confirms an operation: its digest, or an approval; null where there is none.</summary>
    public string? Confirm { get; init; }

    /// <summary>The name in the path.</summary>
    public string Name(string name) => Path[Route.Path.Names.IndexOf(name)];

    /// <summary>The number in the path.</summary>
    public long Id => long.Parse(Name("id"), CultureInfo.InvariantCulture);

    /// <summary>A text behind the question mark, or null.</summary>
    public string? Text(string name) => Query.GetValueOrDefault(name);

    /// <summary>Whether a flag stands there; its name alone is enough.</summary>
    public bool Says(string name) => Text(name) is "true" or "";

    /// <summary>The last event that a reader knows, or null: what its client remembers, else what the address says.</summary>
    public long? EventsAfter => LastEventId is { } id ? long.Parse(id, CultureInfo.InvariantCulture) : Whole("after");

    /// <summary>A number there, or null.</summary>
    public long? Whole(string name) => Text(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>An instant there, or null.</summary>
    public DateTimeOffset? Instant(string name) => Text(name) is { } text ? InstantShape.Parse(text) : null;

    /// <summary>A status there, or null.</summary>
    public RunStatus? Status(string name) =>
        Text(name) is { } text ? Enum.GetValues<RunStatus>().First(status => status.Name() == text) : null;

    /// <summary>A member of the body that is not null, or null.</summary>
    public JsonElement? Member(string name) =>
        Body is { } body && body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Whether a member of the body is true.</summary>
    public bool Flag(string name) => Member(name) is { ValueKind: JsonValueKind.True };

    /// <summary>Refuses what is not theirs to see as if it did not exist.</summary>
    /// <exception cref="ProblemException">It is of a job for which their key is not.</exception>
    public T Visible<T>(T? found, Func<T, string> jobOf, string what)
        where T : class
    {
        if (found is not null && Principal.Jobs.Match(jobOf(found)))
            return found;
        throw new ProblemException(Problem.NotFound($"There is no {what}."));
    }
}
