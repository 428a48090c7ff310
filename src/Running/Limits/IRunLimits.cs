namespace Aios.Running;

/// <summary>The limits of one run.</summary>
internal interface IRunLimits
{
    /// <summary>What its first process must have before the program begins; null if nothing.</summary>
    StartLimits? Start { get; }

    /// <summary>Watches it from now on; a breach is told at most once, on another thread.</summary>
    void Watch(IChild child, Action<LimitBreach> breached);

    /// <summary>Nothing of the run lives any more, or it could not start. Gives back what was made for it.</summary>
    void End();

    /// <summary>Which limit ended it, as far as it can be told afterwards. To be asked before <see cref="End"/>.</summary>
    LimitBreach? Find(ExitStatus exit, ProcessUsage used);
}
