using Aios.Platform.Linux;
using Aios.Store.Sqlite.Files;

namespace Aios.Doctor;

/// <summary>The journal that makes commits safe: does it lie where the database does?</summary>
internal sealed class JournalCheck : ICheck
{
    public string Name => "journal";

    public Finding Look(ExaminationInput setUp)
    {
        var path = setUp.Settings.DatabasePath;
        var mode = DatabaseExamination.JournalOf(path) ?? setUp.Settings.Journal ?? JournalMode.Rollback;
        var word = mode == JournalMode.Wal ? "wal" : "rollback";
        if (!Mounts.IsMountPoint(path)) return Finding.Ok(word);
        return mode == JournalMode.Wal
            ? Finding.Problem($"wal, but {path} is mounted as a file of its own, so the log lies elsewhere", Mounts.HowToMountAFolder)
            : Finding.Note($"rollback; {path} is mounted as a file of its own, so its journal lies elsewhere and goes with the container", Mounts.HowToMountAFolder);
    }
}
