using Aios.Platform.Linux;
using Aios.Store;

namespace Aios.Doctor;

/// <summary>The journal that makes commits safe: does it lie where the database does?</summary>
internal sealed class JournalCheck : ICheck
{
    public string Name => "journal";

    public Finding Look(ExaminationInput setUp)
    {
        var database = setUp.Settings.Database;
        var mode = database.Journal ?? setUp.Settings.Journal ?? JournalMode.Rollback;
        var word = mode == JournalMode.Wal ? "wal" : "rollback";
        if (!database.IsMountedAlone)
            return Finding.Ok(word);
        return mode == JournalMode.Wal
            ? Finding.Problem(
                $"wal, but {database.Name} is mounted as a file of its own, so the log lies elsewhere",
                Mounts.HowToMountAFolder
            )
            : Finding.Note(
                $"rollback; {database.Name} is mounted as a file of its own, so its journal lies elsewhere and goes with the container",
                Mounts.HowToMountAFolder
            );
    }
}
