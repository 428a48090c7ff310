namespace Aios.Running;

/// <summary>How a process is known to be of a run, whatever became of its parents, group and session.</summary>
/// <param name="Marker"><see cref="MarkerName"/> in its environment: which daemon's.</param>
/// <param name="RunId"><see cref="RunIdName"/> in its environment; below 0 for what is of no run.</param>
internal sealed record ProcessMark(string Marker, long RunId)
{
    public const string MarkerName = "AIOS_MARK";
    public const string RunIdName = "AIOS_RUN_ID";
}
