using System.Reflection;

namespace Aios.Platform;

/// <summary>The version of this program.</summary>
internal static class ProductVersion
{
    /// <summary>As the project file names it.</summary>
    public static string Current { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
