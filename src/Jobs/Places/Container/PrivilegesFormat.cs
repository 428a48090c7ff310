using System.Collections.Immutable;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Places;

/// <summary>What a container may do beyond the least.</summary>
internal sealed class PrivilegesFormat()
    : MapFormat<JobPrivileges>(JobPrivileges.Least, Entries, "privilege", "{read_only: false, capabilities: [CHOWN]}")
{
    private static readonly ImmutableArray<MapEntry<JobPrivileges>> Entries =
    [
        new MapEntry<JobPrivileges, bool>(
            "read_only",
            new BooleanFormat(),
            given => given.ReadOnly ? null : false,
            (given, value) => given with { ReadOnly = value }
        )
        {
            Description = "false: the root file system is writable.",
        },
        new MapEntry<JobPrivileges, ImmutableArray<string>>(
            "capabilities",
            new CapabilitiesFormat(),
            given => given.Capabilities.IsEmpty ? null : given.Capabilities,
            (given, value) => given with { Capabilities = value }
        )
        {
            Description = "The Linux capabilities that the container keeps; by default, it has none.",
        },
        new MapEntry<JobPrivileges, bool>(
            "new_privileges",
            new BooleanFormat(),
            given => given.NewPrivileges ? true : null,
            (given, value) => given with { NewPrivileges = value }
        )
        {
            Description = "true: programs can gain privileges, for example with sudo.",
        },
        new MapEntry<JobPrivileges, bool>(
            "init",
            new BooleanFormat(),
            given => given.Init ? null : false,
            (given, value) => given with { Init = value }
        )
        {
            Description = "false: no init process, because the image has its own.",
        },
    ];
}
