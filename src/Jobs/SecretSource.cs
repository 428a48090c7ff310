namespace Aios.Jobs;

/// <summary>Where a secret is, as a job names it: <c>NAME</c>, a variable of the run's environment, or <c>file:path</c>.</summary>
internal static class SecretSource
{
    private const string FilePrefix = "file:";

    /// <summary>The path, relative to the home; null if it is a variable.</summary>
    public static string? FileOf(string source) =>
        source.StartsWith(FilePrefix, StringComparison.Ordinal) ? source[FilePrefix.Length..] : null;
}
