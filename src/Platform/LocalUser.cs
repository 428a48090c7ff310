using System.Globalization;
using System.Runtime.InteropServices;

namespace Aios.Platform;

/// <summary>The user of this machine as whom this process runs.</summary>
public static partial class LocalUser
{
    /// <summary>Their number; 0 where users have none.</summary>
    public static uint Number { get; } = OperatingSystem.IsWindows() ? 0 : GetEffectiveUser();

    /// <summary>Their name, or their number where they have none, as in a container.</summary>
    public static string Name { get; } = Environment.UserName is { Length: > 0 } name ? name : Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The name of this user or of root; the number of any other.</summary>
    public static string NameOf(uint user) => user == Number ? Name : user == 0 ? "root" : user.ToString(CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
