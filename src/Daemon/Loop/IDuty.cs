namespace Aios.Daemon.Loop;

/// <summary>
/// Something that the loop does when it is due. Each time the loop goes round, at least once a second, it asks its duties
/// in their order. A new one is a class and a line in <see cref="Duties"/>.
/// </summary>
internal interface IDuty
{
    /// <summary>Whether to do it now.</summary>
    bool IsDue { get; }

    /// <summary>How soon the loop has to wake for it, where its usual second is too long.</summary>
    TimeSpan DueIn => TimeSpan.MaxValue;

    /// <summary>Whether it is done also while the daemon is about to end.</summary>
    bool RunsWhileStopping => false;

    /// <summary>Whether a daemon that has nothing else to do may end.</summary>
    bool MayEnd => true;

    /// <summary>Does it. What takes long runs beside the loop.</summary>
    void Run();
}
