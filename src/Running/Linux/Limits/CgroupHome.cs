using System.Collections.Immutable;
using System.Text;

namespace Aios.Running.Linux.Limits;

/// <summary>Where this process stands in one hierarchy of control groups (cgroups(7)).</summary>
/// <param name="Folder">The folder of its group.</param>
/// <param name="IsUnified">Version 2.</param>
/// <param name="Controllers">Of version 1: what the hierarchy controls. Of version 2 the folder says so.</param>
internal sealed record CgroupHome(string Folder, bool IsUnified, ImmutableArray<string> Controllers)
{
    /// <summary>The group that a daemon moves itself into, so that its own one may have groups in it (version 2).</summary>
    public const string DaemonLeaf = "aios-daemon";

    private const int RootField = 3;
    private const int PlaceField = 4;
    private const int OptionalField = 6;

    /// <summary>Of this process.</summary>
    public static ImmutableArray<CgroupHome> OfThisProcess() =>
        Parse(ControlFile.ReadWhole("/proc/self/mountinfo"), ControlFile.ReadWhole("/proc/self/cgroup"));

    /// <summary>Of the two files of proc(5).</summary>
    public static ImmutableArray<CgroupHome> Parse(string mountinfo, string membership)
    {
        var mounts = Lines(mountinfo).Select(Mount.Parse).OfType<Mount>().ToList();
        return [.. Lines(membership).Select(line => Find(line.Split(':', 3), mounts)).OfType<CgroupHome>()];
    }

    private static CgroupHome? Find(string[] membership, List<Mount> mounts)
    {
        if (membership is not [_, var names, var path])
        {
            return null;
        }

        var isUnified = names.Length == 0;
        var controllers = isUnified ? [] : names.Split(',');
        var mount = mounts.Find(mount => mount.IsUnified == isUnified && controllers.All(mount.Options.Contains) && mount.Reaches(path));
        return mount is null ? null : new(HomeOf(mount.FolderOf(path)), isUnified, [.. controllers]);
    }

    // After a daemon has moved into its leaf, or a daemon that is a run of another has been started there.
    private static string HomeOf(string folder) => Path.GetFileName(folder) == DaemonLeaf ? Path.GetDirectoryName(folder)! : folder;

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private sealed record Mount(string Root, string Place, bool IsUnified, string[] Options)
    {
        // A line of proc_pid_mountinfo(5): fields, optional fields, a hyphen, type, source, options.
        public static Mount? Parse(string line)
        {
            var fields = line.Split(' ');
            var hyphen = Array.IndexOf(fields, "-", Math.Min(OptionalField, fields.Length));
            return hyphen > 0 && fields.Length > hyphen + 3 && fields[hyphen + 1] is "cgroup" or "cgroup2"
                ? new(Plain(fields[RootField]), Plain(fields[PlaceField]), fields[hyphen + 1] == "cgroup2", fields[hyphen + 3].Split(','))
                : null;
        }

        public bool Reaches(string path) =>
            !path.Split('/').Contains("..") && (Root == "/" || path == Root || path.StartsWith(Root + "/", StringComparison.Ordinal));

        public string FolderOf(string path) => (Place + (Root == "/" ? path : path[Root.Length..])).TrimEnd('/');

        // Blanks and the like are written as \040.
        private static string Plain(string text)
        {
            var plain = new StringBuilder(text.Length);
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] == '\\' && i + 3 < text.Length)
                {
                    plain.Append((char)Convert.ToInt32(text.Substring(i + 1, 3), 8));
                    i += 3;
                    continue;
                }

                plain.Append(text[i]);
            }

            return plain.ToString();
        }
    }
}
