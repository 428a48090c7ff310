using Aios.Access;
using Aios.Api.Routes;

namespace Aios.Api;

/// <summary>The problems with which a route may answer.</summary>
internal static class ApiProblems
{
    /// <summary>Status and meaning of each, in order.</summary>
    public static IEnumerable<(int Status, string About)> Of(Route route)
    {
        yield return (400, "The request is not as expected; `errors` names each field");
        if (route.Role != Role.Anyone)
            yield return (401, "A key is needed, or the one given is not known");
        if (route.Role != Role.Anyone)
            yield return (403, $"The key's role is less than {route.Role.Name()}, or the key is for other jobs");
        if (!route.Path.Names.IsEmpty)
            yield return (404, "There is no such thing");
        if (route.Body is not null)
            yield return (408, "The body did not come in time");
        if (route.Method != "GET")
            yield return (409, "It does not go with how things are");
        if (route.IsOfVersion)
            yield return (412, "It was changed since you read it");
        if (route.Body is not null)
            yield return (413, "The body is too large");
        if (route.Body is not null)
            yield return (415, "The body is not JSON");
        yield return (421, "The host that is named is none under which this daemon is known");
        if (route.IsCreation)
            yield return (422, "The Idempotency-Key came with another request before");
        if (route.IsOfVersion)
            yield return (422, "What it says has mistakes; `errors` names each");
        if (route.IsOfVersion)
            yield return (428, "Which version is replaced must be said");
        if (route.IsConfirmed)
            yield return (428, "It must be confirmed; `confirmation` says what is at stake and how");
        yield return (429, "Too many requests; `Retry-After` says when to come again");
        yield return (500, "A mistake of AIOS; its log says more");
        yield return (503, "Not possible just now; `Retry-After` says when to come again");
    }
}
