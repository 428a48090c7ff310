using System.Text;
using Aios.Platform;

namespace Aios.Access;

/// <summary>
/// <c>.aios/api-key</c> beside the database: a key of the role admin for tools of the user who runs the daemon. Whoever may
/// read it may also read the database, so it gives nothing away.
/// </summary>
internal static class KeyFile
{
    /// <summary>In the folder of the database's locks.</summary>
    public const string Name = "api-key";

    /// <summary>Who comes with it.</summary>
    public const string Holder = "key file";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The key in the file, which is made if it is missing; null, with the reason, if it cannot be had or is not safe.</summary>
    public static KnownKey? Read(string path, out string? problem)
    {
        try
        {
            var key = ReadOrMake(path);
            problem = WhyNotSafe(path, key);
            return problem is null ? new KnownKey(KeyText.Hash(key), new Principal(Holder, Role.Admin, JobPatterns.All), null) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = $"{path} cannot be used: {error.Message}";
            return null;
        }
    }

    // Another daemon of the same folder may be making it just now: it gets its name only when it is whole.
    private static string ReadOrMake(string path)
    {
        if (File.Exists(path)) return File.ReadAllText(path).Trim();
        var key = KeyText.Make();
        var part = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(part, options)) file.Write(Encoding.UTF8.GetBytes(key + "\n"));
        File.Move(part, path, overwrite: true);
        return File.ReadAllText(path).Trim();
    }

    private static string? WhyNotSafe(string path, string key)
    {
        if (key.Length < EnvironmentKeys.Shortest) return $"{path} holds no key. Delete it; the next start makes a new one.";
        if (OperatingSystem.IsWindows() || FileIdentity.IsSpecial(path)) return null;
        var mode = File.GetUnixFileMode(path);
        return (mode & ~OwnerOnly) == 0 ? null : $"{path} can be read by others, so its key is not taken. Delete it; the next start makes a new one.";
    }
}
