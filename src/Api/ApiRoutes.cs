using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Api.Subjects;

namespace Aios.Api;

/// <summary>All that the API offers, in one list: it serves from it, checks requests by it, and describes itself with it.</summary>
internal static class ApiRoutes
{
    /// <summary>What all paths of the API begin with.</summary>
    public const string Base = "/api/v1";

    /// <summary>Bytes of a request's body; a job list is the largest there is to send.</summary>
    public const int LargestBody = 4 * 1024 * 1024;

    /// <summary>Those of a daemon.</summary>
    public static IEnumerable<Route> Of(Desk desk, ApiSettings settings)
    {
        Route[] routes =
        [
            .. new JobSubject(desk).Routes,
            .. new TriggerSubject(desk).Routes,
            .. new RunSubject(desk).Routes,
            .. new LogSubject(desk).Routes,
            .. new EventSubject(desk).Routes,
            .. new StateSubject(desk).Routes,
            .. new ListSubject(desk).Routes,
            .. new AuditSubject(desk).Routes,
            .. new JobFileSubject(desk).Routes,
            .. new LoadSubject(desk).Routes,
            .. new SystemSubject(desk, settings).Routes,
            .. new HealthSubject(desk).Routes,
            .. new MetricsSubject(desk).Routes,
        ];
        var document = new Lazy<string>(() => OpenApi.Write(routes));
        return
        [
            .. routes,
            .. ConsoleSubject.Routes,
            new Route { Method = "GET", Path = new("/openapi.json"), Role = Role.Anyone, Id = "openApi", Summary = "This description", Answer = new(new AnyShape()), Handle = _ => Task.FromResult(Reply.Text(document.Value, "application/json")) },
        ];
    }
}
