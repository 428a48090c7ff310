using Aios.Store;

namespace Aios.Doctor;

/// <summary>All checks, in the order in which a person would mend what they find.</summary>
internal static class Examination
{
    private static readonly ICheck[] Checks =
    [
        new JobListCheck(),
        new ProgramsCheck(),
        new TagsCheck(),
        new PythonCheck(),
        new EngineCheck(),
        new DatabaseCheck(TimeSpan.FromSeconds(2)),
        new JournalCheck(),
        new DaemonCheck(),
        new DiskCheck(),
        new ClockCheck(),
        new OpenFilesCheck(),
    ];

    /// <summary>Looks at everything; one check after another, so that what one costs does not disturb the next.</summary>
    public static IReadOnlyList<(string Name, Finding Finding)> Of(ExaminationInput setUp) => Of(setUp, Checks);

    /// <summary>Does these checks.</summary>
    public static IReadOnlyList<(string Name, Finding Finding)> Of(ExaminationInput setUp, ICheck[] checks) =>
        [.. checks.Select(check => (check.Name, Look(check, setUp)))];

    // That something cannot even be looked at is a finding, too.
    private static Finding Look(ICheck check, ExaminationInput setUp)
    {
        try
        {
            return check.Look(setUp);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or StoreException)
        {
            return Finding.Problem(error.Message, "Mend that first, and look again.");
        }
    }
}
