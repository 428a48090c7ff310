using Aios.Store.Triggers;

namespace Aios.Control;

/// <summary>What is still to be taken back of a job that was stopped.</summary>
/// <param name="UpTo">The newest trigger of then: what comes later is not meant.</param>
/// <param name="Place">How far those that wait for a time have been looked at.</param>
internal sealed record StopRest(long UpTo, WaitingPlace Place);
