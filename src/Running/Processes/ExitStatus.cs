namespace Aios.Running;

/// <summary>How a process ended: one of both is set.</summary>
internal readonly record struct ExitStatus(int? Code, int? Signal)
{
    public bool Success => Code == 0;

    public override string ToString() =>
        Signal is { } signal ? $"killed by signal {signal}{SignalNames.Suffix(signal)}" : $"exit status {Code}";
}
