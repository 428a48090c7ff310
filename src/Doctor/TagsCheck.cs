using Aios.Jobs;
using Aios.Store;

namespace Aios.Doctor;

/// <summary>Tags: are there jobs that neither this device nor another one can run?</summary>
internal sealed class TagsCheck : ICheck
{
    public string Name => "tags";

    public Finding Look(ExaminationInput setUp)
    {
        var tags = setUp.Settings.Tags;
        var figure = tags.Count == 0 ? "this device has none" : $"this device has {string.Join(", ", tags)}";
        var jobs = setUp.List?.Jobs ?? [];
        var others = OtherDevices(setUp);
        var stuck = jobs.Where(job => job.Enabled && !tags.IsSupersetOf(job.Tags) && !others.Any(job.Tags.IsSubsetOf)).ToList();
        if (stuck.Count == 0)
            return Finding.Ok($"{figure}; each job has a device that fits");
        return Finding.Note(
            $"{figure}; {(stuck.Count == 1 ? "1 job fits" : $"{stuck.Count} jobs fit")} no device: "
                + $"{string.Join(", ", stuck.Take(10).Select(job => $"{job.Name} (needs {Missing(job, setUp)})"))}",
            "Name the tags that this device has with --tags or DEVICE_TAGS, or start a device that has them. Until then triggers of "
                + "such jobs wait."
        );
    }

    private static string Missing(Job job, ExaminationInput setUp) => string.Join(", ", job.Tags.Except(setUp.Settings.Tags));

    // A database that cannot be read is another check's finding.
    private static List<IReadOnlyList<string>> OtherDevices(ExaminationInput setUp)
    {
        try
        {
            using var reader = setUp.Settings.Database.Read();
            return [.. (reader?.Devices() ?? []).Where(device => device.SeemsAlive(setUp.Clock.GetUtcNow())).Select(device => device.Tags)];
        }
        catch (StoreException)
        {
            return [];
        }
    }
}
