using Aios.Platform;

namespace Aios.Import;

/// <summary>Crontabs: of a user, of the system (with a user in each line), or a folder of the latter.</summary>
internal sealed class CrontabSource : IJobSource
{
    /// <inheritdoc />
    public string Name => "crontab";

    /// <inheritdoc />
    public string Description => "a crontab, or a folder such as /etc/cron.d (default: what `crontab -l` says)";

    /// <inheritdoc />
    public ImportedList Read(ImportRequest request)
    {
        var names = new NameMaker();
        if (request.Path is null)
            return List($"the crontab of {LocalUser.Name}", [ReadFile("crontab", OwnCrontab(), hasUsers: false, names)], []);
        if (!Directory.Exists(request.Path))
            return List(
                $"the crontab {request.Path}",
                [
                    ReadFile(
                        Path.GetFileName(request.Path),
                        TextFile.Read(request.Path),
                        CrontabKind.IsOfSystem(request.Path, TextFile.Read(request.Path)),
                        names
                    ),
                ],
                []
            );

        var files = Directory.EnumerateFiles(request.Path).Order(StringComparer.Ordinal).ToLookup(path => IsRead(Path.GetFileName(path)));
        var notes = files[false]
            .Select(path => new ImportNote(Path.GetFileName(path), "cron leaves a file of that name alone, and so is it here."));
        return List(
            $"the crontabs in {request.Path}",
            [.. files[true].Select(path => ReadFile(Path.GetFileName(path), TextFile.Read(path), hasUsers: true, names))],
            notes
        );
    }

    private static ImportedList List(string source, IReadOnlyList<CrontabReader> files, IEnumerable<ImportNote> notes)
    {
        List<ImportedJob> jobs = [.. files.SelectMany(file => file.Jobs)];
        var defaults = ImportedJob.TakeShared(jobs, "workdir", "env");
        return new(source)
        {
            Head =
            [
                "As cron does: what was due while nothing ran is left out, and a run does not wait for the one before.",
                "Take catch_up and overlap away, and AIOS makes up for missed runs once, and never runs a job twice at a time.",
                "cron starts commands in the home folder of their user (`workdir`), with the variables in `env` and no others; AIOS adds "
                    + "those that it has itself.",
                "What they print is kept (`aios logs JOB`), not mailed.",
            ],
            Defaults = [("catch_up", "none"), ("overlap", "parallel"), .. defaults],
            Jobs = jobs,
            Notes = [.. notes, .. files.SelectMany(file => file.Notes)],
        };
    }

    private static CrontabReader ReadFile(string name, string text, bool hasUsers, NameMaker names)
    {
        var reader = new CrontabReader(name, hasUsers, names);
        reader.Read(text);
        return reader;
    }

    private static string OwnCrontab() =>
        ForeignTool.Ask("crontab", "-l")
        ?? throw new ImportException("there is no command crontab on this machine. Name the file: aios init --from crontab FILE.");

    // Of all that lies in /etc/cron.d, cron reads names of letters, digits, _ and - only.
    private static bool IsRead(string name) => name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
}
