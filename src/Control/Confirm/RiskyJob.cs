using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Aios.Jobs;
using Aios.Jobs.Places;
using Aios.Jobs.Works;
using Aios.Platform;

namespace Aios.Control.Confirm;

/// <summary>A job with rights that the job of its name has not had.</summary>
/// <param name="Name">The job.</param>
/// <param name="Rights">Each new one, such as "network: host".</param>
internal sealed record RiskyJob(string Name, ImmutableArray<string> Rights)
{
    private const int Root = 0;

    /// <summary>Those of a list that are new.</summary>
    /// <param name="after">The jobs of the list as it is to be.</param>
    /// <param name="before">Finds the job of a name as it is; null if there is none.</param>
    public static IReadOnlyList<RiskyJob> In(IEnumerable<Job> after, Func<string, Job?> before) =>
        [
            .. after
                .Select(job => new RiskyJob(job.Name, [.. RightsOf(job).Except(before(job.Name) is { } former ? RightsOf(former) : [])]))
                .Where(job => !job.Rights.IsEmpty)
                .OrderBy(job => job.Name, StringComparer.Ordinal),
        ];

    // Of a job with steps each says which of them has it.
    private static IEnumerable<string> RightsOf(Job job) =>
        job.Work is FlowWork flow
            ? flow.Steps.SelectMany(step => RightsOf(step).Select(right => $"step {step.Name}: {right}")).Distinct()
            : RightsOf(job.Place);

    private static IEnumerable<string> RightsOf(FlowStep step) =>
        RightsOf(step.Job.Place)
            .Concat(step.IsDynamic ? UnknownRights(step.Json) : [])
            .Concat(
                step.Rules.Recover.OfType<RecoveryRung.With>().Where(rung => rung.Step is not null).SelectMany(rung => RightsOf(rung.Step!))
            );

    // What a reference stands for is known when the step runs: it may be anything.
    private static List<string> UnknownRights(string json)
    {
        using var document = JsonDocument.Parse(json, DeepJson.Options);
        return
        [
            .. document
                .RootElement.EnumerateObject()
                .Where(field =>
                    field.Name is "network" or "user" or "privileges" && field.Value.GetRawText().Contains("${", StringComparison.Ordinal)
                )
                .Select(field => $"{field.Name}: {field.Value}"),
        ];
    }

    private static IEnumerable<string> RightsOf(JobPlace place)
    {
        if (place is not ContainerPlace container)
            yield break;
        if (container.Network == "host")
            yield return "network: host";
        if (IsRoot(container.User))
            yield return $"user: {container.User}";
        var privileges = container.Privileges;
        if (!privileges.ReadOnly)
            yield return "privileges: read_only: false";
        foreach (var capability in privileges.Capabilities)
            yield return $"privileges: {capability}";
        if (privileges.NewPrivileges)
            yield return "privileges: new_privileges: true";
        if (!privileges.Init)
            yield return "privileges: init: false";
    }

    private static bool IsRoot(string? user) =>
        user?.Split(':')[0] is { } name
        && (name == "root" || (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == Root));
}
