namespace Aios.Import;

/// <summary>All systems whose set-up can be taken over.</summary>
internal static class JobSources
{
    /// <summary>In the order of the help.</summary>
    public static readonly IReadOnlyList<IJobSource> All =
    [
        new CrontabSource(),
        new SupervisordSource(),
        new Pm2Source(),
        new OriginalSource(),
    ];

    /// <summary>The one of that name, or null.</summary>
    public static IJobSource? Find(string name) => All.FirstOrDefault(source => source.Name == name);
}
