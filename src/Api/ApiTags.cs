using Aios.Api.Routes;

namespace Aios.Api;

/// <summary>What the routes are about, for those who read or generate code from the OpenAPI document.</summary>
internal static class ApiTags
{
    /// <summary>Each, and what it holds.</summary>
    public static readonly (string Name, string About)[] All =
    [
        ("jobs", "The jobs of the list: their status and their control"),
        ("triggers", "Requests that a job run once"),
        ("runs", "What has run and runs, and what it printed"),
        ("flows", "Runs of jobs with steps"),
        ("signals", "What flows wait for"),
        ("approvals", "What waits for a person"),
        ("logs", "Lines of the daemons and of all runs"),
        ("events", "What happens, as it happens"),
        ("state", "Values that programs keep"),
        ("job-list", "The files of the job list"),
        ("models", "The language models of models.yaml"),
        ("calls", "Calls to language models"),
        ("spend", "What calls have cost"),
        ("budgets", "The most that calls can cost"),
        ("audit", "Who changed what"),
        ("system", "The daemons, their health and figures"),
    ];

    /// <summary>What a route is about.</summary>
    public static string Of(Route route)
    {
        var path = route.Path.Text;
        if (!path.StartsWith(ApiRoutes.Base, StringComparison.Ordinal))
            return "system";
        var part = path[ApiRoutes.Base.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        return Array.Exists(All, tag => tag.Name == part) ? part : "system";
    }
}
