namespace Aios.Running;

/// <summary>A started process and all that came from it.</summary>
internal interface IChild
{
    /// <summary>Its first process; 0 if that is none of this machine's to know, as a container's.</summary>
    int Pid { get; }

    /// <summary>Clock ticks since boot, or null if it could not be read.</summary>
    long? StartTicks { get; }

    /// <summary>What those of its processes have used that ended and were reaped by this process, with all that they had reaped.</summary>
    ProcessUsage Used { get; }

    /// <summary>Asks every process to end. Returns at once.</summary>
    void Terminate();

    /// <summary>Kills every process, again and again until none is left. Returns at once.</summary>
    void Kill();
}
