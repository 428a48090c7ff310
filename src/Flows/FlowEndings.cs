namespace Aios.Flows;

/// <summary>Why a flow is ended before its time, to follow "the flow".</summary>
internal static class FlowEndings
{
    public const string Stopped = "was canceled on request";
    public const string Restarted = "was restarted on request";
    public const string TimedOut = "took longer than its timeout";
}
