using Aios.Platform.Linux;

namespace Aios.Platform;

/// <summary>Standard output as the system sees it.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    /// <summary>
    /// Whether it is a pipe that nobody reads any more, as after <c>| head</c>. What is written to such a pipe is dropped
    /// without a word. False where that cannot be known.
    /// </summary>
    public static bool IsGone() => OperatingSystem.IsLinux() && (DescriptorPoll.Ask(Descriptor, 0, 0) & DescriptorPoll.Error) != 0;
}
