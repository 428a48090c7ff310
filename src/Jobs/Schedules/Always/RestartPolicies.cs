using System.Collections.Immutable;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Schedules;

/// <summary>The names that restart policies have in a list.</summary>
internal static class RestartPolicies
{
    /// <summary>From the most restarts to none.</summary>
    public static readonly ImmutableArray<(string Name, RestartPolicy Value)> All =
    [
        ("always", RestartPolicy.Always),
        ("on_failure", RestartPolicy.OnFailure),
        ("never", RestartPolicy.Never),
    ];

    public static readonly ChoiceFormat<RestartPolicy> Format = new(All);

    public static string Name(RestartPolicy policy) => All.First(entry => entry.Value == policy).Name;
}
