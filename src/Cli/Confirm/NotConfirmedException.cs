namespace Aios.Cli.Confirm;

/// <summary>An operation was not confirmed, so nothing was done.</summary>
internal sealed class NotConfirmedException(string message) : Exception(message);
