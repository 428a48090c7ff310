using System.Globalization;
using System.Runtime.InteropServices;

namespace Aios.Platform;

/// <summary>The user of this machine as whom this process runs.</summary>
internal static partial class LocalUser
{
    /// <summary>Their number; 0 where users have none.</summary>
    public static uint Number { get; } = OperatingSystem.IsWindows() ? 0 : GetEffectiveUser();

    /// <summary>Their name, or their number where they have none, as in a container.</summary>
    public static string Name { get; } =
        Environment.UserName is { Length: > 0 } name ? name : Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The name of this user or of root; the number of any other.</summary>
    public static string NameOf(uint user) =>
        user == Number ? Name
        : user == 0 ? "root"
        : user.ToString(CultureInfo.InvariantCulture);

    /// <summary>The name of any user in /etc/passwd; their number, which serves as well, if it is kept elsewhere.</summary>
    public static string NameInPasswd(uint user)
    {
        var number = user.ToString(CultureInfo.InvariantCulture);
        return Users().FirstOrDefault(fields => fields[2] == number)?[0] ?? number;
    }

    /// <summary>The home folder of a user of this machine; null if /etc/passwd has none of that name.</summary>
    public static string? HomeOf(string user) => Users().FirstOrDefault(fields => fields[0] == user)?[5];

    /// <summary>The number of the group of a user of this machine, by name or number; null if /etc/passwd has none of that name.</summary>
    public static uint? GroupOf(string user) =>
        Users().FirstOrDefault(fields => fields[0] == user || fields[2] == user) is { } found
        && uint.TryParse(found[3], NumberStyles.None, CultureInfo.InvariantCulture, out var group)
            ? group
            : null;

    private static IEnumerable<string[]> Users()
    {
        const string users = "/etc/passwd";
        return File.Exists(users) ? File.ReadLines(users).Select(line => line.Split(':')).Where(fields => fields.Length >= 7) : [];
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
