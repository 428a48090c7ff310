using System.Collections.Immutable;
using Aios.Jobs;
using Aios.Running.Places;

namespace Aios.Tests.Kinds;

/// <summary>The kinds of AIOS and those of the tests, as a build with one more of each has them.</summary>
internal static class TestKinds
{
    /// <summary>What runs the jobs of the places that only the tests have.</summary>
    public static readonly ImmutableArray<IPlaceRunner> Places = [new Nowhere.NowhereRuns()];

    public static readonly JobFields Fields = new(
        [.. ScheduleKinds.All, WorkingDays.WorkingDaysKind.Instance],
        [.. WorkKinds.All, HttpRequest.HttpKind.Instance],
        [.. PlaceKinds.All, .. Places.Select(place => place.Kind)]
    );

    /// <summary>The only job of a list that has those kinds.</summary>
    public static Job JobOf(string list)
    {
        var read = JobListLoader.Parse(list.StartsWith('{') ? $"- {list}" : list, "jobs.yaml", Fields);
        Assert.Empty(read.Errors);
        return Assert.Single(read.Jobs);
    }

    /// <summary>What is wrong with a list.</summary>
    public static string ErrorOf(string list) => JobListLoader.Parse(list, "jobs.yaml", Fields).Errors[0].ToString();
}
