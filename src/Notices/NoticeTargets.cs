using Aios.Platform;

namespace Aios.Notices;

/// <summary>Finds an address that the job list only says the place of. It is read each time, so a changed file counts at once.</summary>
/// <param name="home">What files are relative to.</param>
internal sealed class NoticeTargets(string home)
{
    private const int LargestFile = 64 * 1024;

    /// <summary>The address itself.</summary>
    /// <exception cref="NoticeException">There is none at that place.</exception>
    public string Resolve(string target)
    {
        if (target.StartsWith("env:", StringComparison.Ordinal))
            return Required(Environment.GetEnvironmentVariable(target[4..]), target);
        return target.StartsWith("file:", StringComparison.Ordinal) ? Required(Content(Path.Combine(home, target[5..])), target) : target;
    }

    private static string Required(string? value, string place) =>
        string.IsNullOrWhiteSpace(value) ? throw new NoticeException($"there is nothing at \"{place}\"") : value.Trim();

    private static string Content(string path)
    {
        try
        {
            if (FileIdentity.IsSpecial(path) || new FileInfo(path) is { Exists: true, Length: > LargestFile })
                throw new NoticeException($"{path} is not a small ordinary file");
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new NoticeException($"{path} cannot be read: {error.Message.TrimEnd('.')}");
        }
    }
}
