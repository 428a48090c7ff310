namespace Aios.Import;

/// <summary>PM2's ecosystem file (.js, .cjs, .json, .yaml), or what <c>pm2 save</c> wrote.</summary>
internal sealed class Pm2Source : IJobSource
{
    private static readonly string[] Ecosystems =
    [
        "ecosystem.config.js",
        "ecosystem.config.cjs",
        "ecosystem.config.mjs",
        "ecosystem.config.yaml",
        "ecosystem.config.yml",
        "ecosystem.config.json",
        "ecosystem.json",
        "pm2.config.js",
        "process.json",
        "pm2.json",
    ];

    /// <inheritdoc />
    public string Name => "pm2";

    /// <inheritdoc />
    public string Description => "an ecosystem file, or what `pm2 save` wrote (default: ecosystem.config.js here, else ~/.pm2/dump.pm2)";

    /// <inheritdoc />
    public ImportedList Read(ImportRequest request)
    {
        var path = Path.GetFullPath(request.Path ?? Find());
        var (root, hasLines) = Pm2Text.Read(path);
        var reader = new Pm2Reader(Path.GetFileName(path), hasLines, Path.GetDirectoryName(path)!);
        reader.Read(root);
        var defaults = ImportedJob.TakeShared(reader.Jobs, "workdir");
        return new ImportedList(path)
        {
            Head =
            [
                "An app without a `cwd` ran in the folder from which PM2 was started. That is taken to be the folder of the "
                    + "file: `workdir`.",
                "PM2 gives an app the environment of the shell that started it, and its own settings as variables (name, pm_id, ...); "
                    + "here it has that of AIOS, and `env`.",
                "PM2 gives an app up that ends max_restarts times (16) within its min_uptime (1 s); AIOS waits longer each time, and "
                    + "never gives up.",
                "PM2 ends an app by INT, and by KILL after its kill_timeout (1.6 s); AIOS by TERM, and by KILL after `grace`.",
                "What programs print is kept in the database (`aios logs -f JOB`); log files, and how they are rotated, are not needed.",
            ],
            Defaults = defaults,
            Jobs = reader.Jobs,
            Notes = reader.Notes,
        };
    }

    private static string Find()
    {
        var saved = Path.Combine(
            Environment.GetEnvironmentVariable("PM2_HOME") ?? Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/", ".pm2"),
            "dump.pm2"
        );
        return Ecosystems.FirstOrDefault(File.Exists)
            ?? (
                File.Exists(saved)
                    ? saved
                    : throw new ImportException(
                        $"there is no {Ecosystems[0]} here and no {saved}. Run `pm2 save`, or name the file: aios init --from pm2 FILE."
                    )
            );
    }
}
