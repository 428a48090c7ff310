using Aios.Platform;

namespace Aios.Access;

/// <summary>
/// <c>.aios/api-key</c> beside the database: a key of the role admin for tools of the user who runs the daemon. It is looked
/// at each time it is used, so that it opens nothing from the moment in which somebody else could have read or written it.
/// </summary>
/// <param name="path">Where it is.</param>
/// <param name="report">Told why its key is not taken, once.</param>
internal sealed class KeyFile(string path, Action<string> report)
{
    /// <summary>In the folder of the database's locks.</summary>
    public const string Name = "api-key";

    /// <summary>Who comes with it.</summary>
    public const string Holder = "key file";

    private const int Longest = 4096;

    private string? _reported;

    /// <summary>Makes it if it is missing.</summary>
    public void Ensure()
    {
        try
        {
            // A link that leads nowhere is no missing file.
            if (!IsThere())
                OwnFile.Replace(path, $"{KeyText.Make()}\n", OwnFile.Secret);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Report($"{path} cannot be made: {error.Message}");
        }
    }

    /// <summary>The key in it; null if there is none, or it is not safe.</summary>
    public KnownKey? Read()
    {
        if (!IsThere())
            return null;
        try
        {
            using var file = OwnFile.Open(path, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, isStrict: true);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & ~OwnFile.Secret) != 0)
                return Refuse($"{path} can be read by others, so its key is not taken. Delete it; the next start makes a new one.");
            if (file.Length > Longest)
                return Refuse($"{path} holds no key. Delete it; the next start makes a new one.");
            using var reader = new StreamReader(file);
            var key = reader.ReadToEnd().Trim();
            if (key.Length < EnvironmentKeys.Shortest)
                return Refuse($"{path} holds no key. Delete it; the next start makes a new one.");
            _reported = null;
            return new KnownKey(KeyText.Hash(key), new Principal(Holder, Role.Admin, JobPatterns.All), null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Refuse($"{path} cannot be used, so its key is not taken: {error.Message}");
        }
    }

    private bool IsThere() => OperatingSystem.IsLinux() ? FileIdentity.Look(path) is not null : File.Exists(path);

    private KnownKey? Refuse(string problem)
    {
        Report(problem);
        return null;
    }

    private void Report(string problem)
    {
        if (_reported == problem)
            return;
        _reported = problem;
        report(problem);
    }
}
