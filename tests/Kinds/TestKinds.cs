using Aios.Jobs;

namespace Aios.Tests.Kinds;

/// <summary>The kinds of AIOS and those of the tests, as a build with one more kind has them.</summary>
internal static class TestKinds
{
    public static readonly JobFields Fields = new(
    [
        .. ScheduleKinds.All,
        WorkingDays.WorkingDaysKind.Instance,
    ],
    WorkKinds.All,
    PlaceKinds.All);
}
