namespace Aios.Platform;

/// <summary>The machine that this process runs on.</summary>
internal static class Machine
{
    /// <summary>
    /// The machine in one boot of it, and in one space of process numbers (containers have their own): a process number
    /// means the same thing to two programs only if they agree on this.
    /// </summary>
    public static string Boot { get; } = FindBoot();

    private static string FindBoot()
    {
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            var space = new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
            return $"{boot} {space}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Environment.MachineName;
        }
    }
}
