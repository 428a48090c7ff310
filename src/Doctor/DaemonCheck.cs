using Aios.Daemon.Presence;

namespace Aios.Doctor;

/// <summary>Does a daemon work on the database?</summary>
internal sealed class DaemonCheck : ICheck
{
    public string Name => "daemon";

    public Finding Look(ExaminationInput setUp)
    {
        var life = DaemonPresence.Of(setUp.Settings.Database, setUp.Clock.GetUtcNow());
        return life.Lives ? Finding.Ok(life.Words) : Finding.Note(life.Words, "Start it with `aios`.");
    }
}
