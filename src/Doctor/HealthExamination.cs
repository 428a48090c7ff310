namespace Aios.Doctor;

/// <summary>
/// How a system does that is at work, for `aios health` and the API. All of it is found in the database, the files and the
/// kernel, so it can be asked whether a daemon runs or not.
/// </summary>
internal static class HealthExamination
{
    /// <summary>Looks at everything.</summary>
    /// <param name="setUp">What there is.</param>
    /// <param name="longestReading">How long looking the database through may take, during which nobody can commit.</param>
    public static IReadOnlyList<(string Name, Finding Finding)> Of(ExaminationInput setUp, TimeSpan longestReading) =>
        Examination.Of(
            setUp,
            [
                new DevicesCheck(),
                new DatabaseCheck(longestReading),
                new WritingCheck(),
                new DiskCheck(),
                new JobListCheck(),
                new SchedulesCheck(),
                new LineCheck(),
                new StuckRunsCheck(),
                new JobsCheck(),
                new EngineCheck(),
                new ClockCheck(),
            ]
        );
}
