using System.Collections.Immutable;
using Aios.Access;
using Aios.Api.Shapes;

namespace Aios.Api.Routes;

/// <summary>
/// One thing that can be asked for. What serves it, what checks its requests, who may ask, and what the OpenAPI document
/// says of it are all here, so none of them can be forgotten.
/// </summary>
internal sealed record Route
{
    /// <summary>GET, POST, PUT, DELETE.</summary>
    public required string Method { get; init; }

    /// <summary>Where it is.</summary>
    public required RoutePath Path { get; init; }

    /// <summary>Who may ask, at least.</summary>
    public required Role Role { get; init; }

    /// <summary>Its name in the OpenAPI document and in generated clients.</summary>
    public required string Id { get; init; }

    /// <summary>One line for people.</summary>
    public required string Summary { get; init; }

    /// <summary>What it gives.</summary>
    public required Answer Answer { get; init; }

    /// <summary>Does it.</summary>
    public required Func<ApiRequest, Task<Reply>> Handle { get; init; }

    /// <summary>What may stand behind the question mark.</summary>
    public ImmutableArray<Parameter> Query { get; init; } = [];

    /// <summary>What the body holds; null for none.</summary>
    public ObjectShape? Body { get; init; }

    /// <summary>Whether there must be a body.</summary>
    public bool NeedsBody { get; init; }

    /// <summary>Whether it takes an <c>Idempotency-Key</c>, with which it makes nothing twice.</summary>
    public bool IsCreation { get; init; }

    /// <summary>Whether it changes a version only, which the header <c>If-Match</c> or <c>If-None-Match</c> names.</summary>
    public bool IsOfVersion { get; init; }

    /// <summary>Whether what it does may have to be confirmed, which the header <c>Confirm</c> does.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>Whether it concerns all jobs, so that a key for some jobs only does not open it.</summary>
    public bool IsForAllJobs { get; init; }
}
