using System.Globalization;

namespace Aios.Doctor;

/// <summary>How long does it take until something written is durable? It writes for that: one value of its own.</summary>
internal sealed class WritingCheck : ICheck
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public string Name => "writing";

    public Finding Look(ExaminationInput setUp)
    {
        var database = setUp.Settings.Database;
        if (database.TimeToWrite(Patience, setUp.Clock) is not { } taken)
            return Finding.Ok($"{database.Name} is made when AIOS starts");
        var figure = string.Create(CultureInfo.InvariantCulture, $"{taken.TotalMilliseconds:0.0} ms until a write was durable");
        return taken <= Slow
            ? Finding.Ok(figure)
            : Finding.Note(
                figure,
                "Each start and end of a run takes that long: a faster disk, `journal: wal`, or fewer programs that hold the database help."
            );
    }
}
