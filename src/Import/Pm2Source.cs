using Aios.Jobs.Yaml;

namespace Aios.Import;

/// <summary>PM2's ecosystem file (.js, .cjs, .json, .yaml), or what <c>pm2 save</c> wrote.</summary>
public sealed class Pm2Source : IJobSource
{
    private static readonly string[] Ecosystems = ["ecosystem.config.js", "ecosystem.config.cjs", "ecosystem.config.json", "ecosystem.json", "pm2.config.js", "process.json", "pm2.json"];

    /// <inheritdoc />
    public string Name => "pm2";

    /// <inheritdoc />
    public string Description => "an ecosystem file, or what `pm2 save` wrote (default: ecosystem.config.js here, else ~/.pm2/dump.pm2)";

    /// <inheritdoc />
    public ImportedList Read(ImportRequest request)
    {
        var path = Path.GetFullPath(request.Path ?? Find());
        var reader = new Pm2Reader(Path.GetFileName(path), Path.GetDirectoryName(path)!);
        reader.Read(Parse(path));
        return new ImportedList(path)
        {
            Head = ["What programs print is kept in the database (`aios logs -f JOB`); log files, and how they are rotated, are not needed."],
            Jobs = reader.Jobs,
            Notes = reader.Notes,
        };
    }

    private static string Find()
    {
        var saved = Path.Combine(Environment.GetEnvironmentVariable("PM2_HOME") ?? Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/", ".pm2"), "dump.pm2");
        return Ecosystems.FirstOrDefault(File.Exists) ?? (File.Exists(saved) ? saved : throw new ImportException($"there is no {Ecosystems[0]} here and no {saved}. Run `pm2 save`, or name the file: aios init --from pm2 FILE."));
    }

    private static YamlNode Parse(string path)
    {
        var text = Path.GetExtension(path) is ".js" or ".cjs" ? Evaluate(path) : TextFile.Read(path);
        try
        {
            return YamlTree.Read(text) is [var root] ? root : throw new ImportException($"{path} holds nothing, or more than one document.");
        }
        catch (YamlFault fault)
        {
            throw new ImportException($"{path}:{fault.Line}:{fault.Column}: {fault.Message}.", fault);
        }
    }

    // A program, that only Node can run; PM2 does just this.
    private static string Evaluate(string path) =>
        ForeignTool.Ask("node", "-e", "process.stdout.write(JSON.stringify(require(process.argv[1])))", path)
        ?? throw new ImportException($"{path} is a program, and there is no node to run it. Take over what `pm2 save` wrote: aios init --from pm2 ~/.pm2/dump.pm2.");
}
