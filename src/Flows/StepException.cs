namespace Aios.Flows;

/// <summary>A step cannot do what it is for. The message is the reason.</summary>
internal sealed class StepException(string message) : Exception(message);
