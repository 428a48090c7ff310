using Aios.Access;
using Aios.Api.Routes;
using Microsoft.AspNetCore.Http;

namespace Aios.Api.Serving;

/// <summary>
/// Finds out who makes a request, and whether they may. Who comes from this machine as the user who runs the daemon needs no
/// key, and that is exactly what a web page in that user's browser must not make use of.
/// </summary>
internal sealed class Gate(KeyRing keys, HostNames hosts, int requestsPerSecond, TimeProvider clock)
{
    private const int BurstSeconds = 5;
    private const string Bearer = "Bearer ";

    // What a proxy adds: whoever is behind it is not who the connection says.
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    private readonly TokenBuckets _requests = new(requestsPerSecond, requestsPerSecond * BurstSeconds, clock);
    private readonly TokenBuckets _wrongKeys = new(0.5, 10, clock);

    /// <summary>Who asks.</summary>
    /// <exception cref="ProblemException">They may not ask this, or not so often.</exception>
    public Principal Admit(HttpRequest request, ConnectionFacts connection, Route route)
    {
        RefuseForeignPage(request);
        // Whether it lives must be told even while no key can be looked up.
        var principal = route.Role == Role.Anyone ? Counted(Principal.Nobody, connection.Address) : Identify(request, connection);
        if (principal.Role < route.Role)
            throw new ProblemException(TooLow(principal, route));
        if (route.IsForAllJobs && principal.IsLimited)
            throw new ProblemException(Forbidden($"This concerns all jobs, and your key is for {principal.Jobs} only."));
        return principal;
    }

    /// <summary>Tells later, at any time, whether who was admitted may still do what they do.</summary>
    public Func<bool> StillAdmits(HttpRequest request, Principal principal)
    {
        if (PresentedKey(request) is not { } presented)
            return () => true;
        return () =>
            keys.Find(presented) is { } holder && holder.Role == principal.Role && holder.Jobs.ToString() == principal.Jobs.ToString();
    }

    private static void RefuseForeignPage(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var isNavigation =
            HttpMethods.IsGet(request.Method)
            && request.Headers["Sec-Fetch-Mode"] == "navigate"
            && request.Headers["Sec-Fetch-Dest"] == "document";
        var isForeign = site is not ("" or "none" or "same-origin") && !isNavigation;
        foreach (var origin in request.Headers.Origin)
        {
            isForeign |= !string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
        }

        if (isForeign)
            throw new ProblemException(Forbidden("The request was made by a web page of another origin."));
    }

    private Principal Identify(HttpRequest request, ConnectionFacts connection)
    {
        if (PresentedKey(request) is { } presented)
        {
            var holder = keys.Find(presented) ?? FindAnew(presented, connection);
            return Counted(holder, holder.Name);
        }

        if (!hosts.Know(request.Host.Value ?? ""))
            throw new ProblemException(
                new Problem(
                    421,
                    "wrong-host",
                    "Called by a name that is not known",
                    $"Found the host \"{request.Host.Value}\", expected an address or localhost. Name it in the setting hosts "
                        + $"(AIOS_HOSTS), or send a key."
                )
            );
        if (!ProxyHeaders.Any(request.Headers.ContainsKey) && connection.IsLocalUser)
            return Principal.LocalUser;
        return Counted(Principal.Nobody, connection.Address);
    }

    private Principal Counted(Principal principal, string name)
    {
        if (_requests.TryTake(name) is not { } wait)
            return principal;
        throw new ProblemException(
            TooMany(
                $"More than {requestsPerSecond} requests a second. Ask less often, or raise the setting rate_limit (AIOS_RATE_LIMIT).",
                wait
            )
        );
    }

    /// <summary>The key that comes with a request; null if there is none.</summary>
    public static string? PresentedKey(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return authorization[Bearer.Length..].Trim();
        return request.Headers.TryGetValue("X-API-Key", out var key) ? key.ToString()
            : authorization.Length > 0 ? authorization
            : null;
    }

    // Only wrong keys are slowed down, so that nobody can lock out those who have a right one. It may have been made this
    // instant, so the database is asked again, which no more wrong keys can cause than are let through.
    private Principal FindAnew(string presented, ConnectionFacts connection)
    {
        if (_wrongKeys.TryTake(connection.Address) is { } wait)
            throw new ProblemException(TooMany("Too many wrong keys from this address.", wait));
        var holder = keys.Find(presented, anew: true)
            ?? throw new ProblemException(
                new Problem(
                    401,
                    "wrong-key",
                    "The key opens nothing",
                    "The key is not known, was revoked, or has expired. `aios keys list` shows those there are."
                )
            );
        _wrongKeys.Give(connection.Address);
        return holder;
    }

    private static Problem TooLow(Principal principal, Route route) =>
        principal.Role == Role.Anyone
            ? new Problem(
                401,
                "key-needed",
                "A key is needed",
                $"Send a key of the role {route.Role.Name()} or higher as \"Authorization: Bearer KEY\". `aios keys add NAME` makes one."
            )
            : Forbidden($"This takes the role {route.Role.Name()}; {principal.Name} has the role {principal.Role.Name()}.");

    private static Problem Forbidden(string detail) => new(403, "forbidden", "Not allowed", detail);

    private static Problem TooMany(string detail, TimeSpan wait) =>
        new(429, "too-many-requests", "Too many requests", detail) { RetryAfter = wait };
}
