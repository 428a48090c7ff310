namespace Aios.Access;

/// <summary>Who may do what is not said in a way that makes sense, or is not safe. The message says what to do.</summary>
internal sealed class AccessException(string message) : Exception(message);
