namespace Aios.Access;

/// <summary>Who asks.</summary>
/// <param name="Name">As it stands in logs: "key deploy", "local user".</param>
/// <param name="Role">What they may do.</param>
/// <param name="Jobs">With which jobs.</param>
internal sealed record Principal(string Name, Role Role, JobPatterns Jobs)
{
    /// <summary>Somebody who has shown nothing.</summary>
    public static readonly Principal Nobody = new("nobody", Role.Anyone, JobPatterns.All);

    /// <summary>The user who runs the daemon, or root, from this machine.</summary>
    public static readonly Principal LocalUser = new("local user", Role.Admin, JobPatterns.All);

    /// <summary>Whether their keys are limited to some jobs, so that what concerns all jobs is not theirs to change.</summary>
    public bool IsLimited => !Jobs.IsAll;
}
