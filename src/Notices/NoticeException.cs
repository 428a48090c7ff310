namespace Aios.Notices;

/// <summary>
/// Something cannot be told, and will not be until somebody changes a setting. The message says which, and never shows a secret.
/// </summary>
internal sealed class NoticeException(string message) : Exception(message);
