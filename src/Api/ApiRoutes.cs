using Aios.Access;
using Aios.Api.Models;
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
    public static IEnumerable<Route> Of(ApiServices services, ApiSettings settings)
    {
        var confirmed = new ConfirmedWrites(services, settings.Confirm);
        Route[] routes =
        [
            .. new JobSubject(services).Routes,
            .. new TriggerSubject(services).Routes,
            .. new RunSubject(services).Routes,
            .. new FlowSubject(services, confirmed).Routes,
            .. new ApprovalSubject(services).Routes,
            .. new LogSubject(services).Routes,
            .. new EventSubject(services).Routes,
            .. new StateSubject(services).Routes,
            .. new ListSubject(services).Routes,
            .. new AuditSubject(services).Routes,
            .. new JobFileSubject(services, confirmed).Routes,
            .. new LoadSubject(services).Routes,
            .. new CallSubject(services).Routes,
            .. new SpendSubject(services).Routes,
            .. new ModelFileSubject(services).Routes,
            .. new SystemSubject(services, settings).Routes,
            .. new HealthSubject(services).Routes,
            .. new MetricsSubject(services).Routes,
        ];
        var document = new Lazy<string>(() => OpenApi.Write(routes));
        return
        [
            .. routes,
            .. ConsoleSubject.Routes,
            new Route
            {
                Method = "GET",
                Path = new("/openapi.json"),
                Role = Role.Anyone,
                Id = "openApi",
                Summary = "This description",
                Answer = new(new AnyShape()),
                Handle = _ => Task.FromResult(Reply.Text(document.Value, "application/json")),
            },
        ];
    }
}
