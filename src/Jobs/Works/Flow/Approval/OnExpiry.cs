namespace Aios.Jobs.Works;

/// <summary>What becomes of an approval that nobody has decided in time.</summary>
internal enum OnExpiry
{
    /// <summary>It is rejected.</summary>
    Reject,

    /// <summary>It is approved. The list must say so.</summary>
    Approve,

    /// <summary>Others are asked, once and for as long again.</summary>
    Escalate,
}
