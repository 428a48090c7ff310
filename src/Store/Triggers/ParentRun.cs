namespace Aios.Store.Triggers;

/// <summary>The run that asked for a trigger.</summary>
/// <param name="Id">The run.</param>
/// <param name="BootId">The boot of the device on which it is running; null if it is over, or its row is gone.</param>
/// <param name="Device">That device.</param>
internal sealed record ParentRun(long Id, string? BootId, string? Device);
