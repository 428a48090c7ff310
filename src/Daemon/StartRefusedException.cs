namespace Aios.Daemon;

/// <summary>The daemon does not start as it was told to. The message says why and what to do.</summary>
internal sealed class StartRefusedException(string message) : Exception(message);
