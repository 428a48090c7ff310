using Aios.Running.Linux;

namespace Aios.Running;

/// <summary>Chooses how processes are run.</summary>
internal static class ProcessHosts
{
    public static IProcessHost ForThisSystem() => OperatingSystem.IsLinux() ? new LinuxProcessHost() : new PlainProcessHost();
}
