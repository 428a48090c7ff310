namespace Aios.Running;

/// <summary>A program could not be started. The message is for people: what, where, what was expected, what to do.</summary>
internal sealed class RunStartException(string message) : Exception(message);
