using Aios.Running.Linux.Limits;

namespace Aios.Running;

/// <summary>What a daemon that died left of the limits of its runs. Does nothing on systems other than Linux.</summary>
internal static class LimitLeftovers
{
    /// <summary>Removes it, where no process needs it any more.</summary>
    /// <param name="isMarked">Whether a value of <c>AIOS_MARK</c> is the dead daemon's.</param>
    public static void Remove(Func<string, bool> isMarked)
    {
        if (OperatingSystem.IsLinux())
            Cgroups.RemoveLeft(CgroupHome.OfThisProcess(), isMarked);
    }
}
