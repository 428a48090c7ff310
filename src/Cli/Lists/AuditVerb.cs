using System.CommandLine;
using Aios.Control;
using Aios.Store;
using Aios.Store.Audit;

namespace Aios.Cli;

/// <summary><c>aios audit</c>: who changed what.</summary>
internal static class AuditVerb
{
    private const int StandardLimit = 50;

    private static readonly Option<string?> Since = new("--since")
    {
        Description =
            "Only entries at or after this: a span (10m), a time (18:30), an instant (2026-12-24T18:30, Z or +01:00) or Unix seconds",
        HelpName = "WHEN",
    };
    private static readonly Option<string?> Job = JobName.Option("Only entries about this job");
    private static readonly Option<string?> Actor = new("--actor")
    {
        Description = "Only entries whose actor contains this text, such as ada or key",
        HelpName = "TEXT",
    };
    private static readonly Option<string?> Action = new("--action")
    {
        Description = "Only this action, such as job.pause, or this kind of action, such as key",
        HelpName = "ACTION",
    };
    private static readonly RowLimit Limit = new(StandardLimit);
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "audit",
            "Show who changed what, newest first",
            ("aios audit --since 1d", "Show the changes of the last day"),
            ("aios audit --job backup --action job", "Show who paused, stopped or restarted the job backup")
        )
        {
            Since,
            Job,
            Actor,
            Action,
            Limit.Option,
            Json,
        };
        command.SetVerb(context, parsed => List(parsed, context));
        command.Subcommands.Add(AuditVerifyVerb.Create(context));
        return command;
    }

    private static int List(ParseResult parsed, CliContext context)
    {
        using var reader = Settings.OfHome(parsed).Database.Read();
        var limit = Limit.In(parsed);
        var rows = reader is null ? [] : Rows(reader, FilterOf(parsed, context), limit);
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json => json.WriteArray(null, rows, (writer, row) => writer.WriteAudit(row)));
            return ExitCode.Good;
        }

        var table = new TextTable(
            "ROW",
            "TIME",
            Column.Text("WHO"),
            Column.Spare("FROM"),
            "ACTION",
            Column.Text("WHAT"),
            Column.Spare("BEFORE"),
            Column.Text("AFTER")
        );
        foreach (var row in rows)
            table.Add(
                $"{row.Id}",
                Words.Local(row.Entry.At),
                row.Entry.By.Name,
                row.Entry.By.Origin,
                row.Entry.Action,
                What(row.Entry),
                row.Entry.BeforeJson,
                row.Entry.AfterJson
            );
        table.Write(context, "nothing that fits has been changed yet.");
        return ExitCode.Good;
    }

    private static RowFilter FilterOf(ParseResult parsed, CliContext context) =>
        new()
        {
            JobName = parsed.GetValue(Job),
            Actor = parsed.GetValue(Actor),
            Action = parsed.GetValue(Action),
            Since = parsed.GetValue(Since) is { } since ? PointInTime.ParsePast(since, context.Now, TimeZoneInfo.Local) : null,
        };

    // Page by page, so that nobody waits for the whole.
    private static IEnumerable<AuditRow> Rows(IStoreReader reader, RowFilter filter, int limit)
    {
        const int atOnce = 1000;
        long? before = null;
        do
        {
            var page = reader.AuditPage(filter, before, Math.Min(limit, atOnce));
            foreach (var row in page.Items)
                yield return row;
            limit -= page.Items.Count;
            before = page.Next;
        } while (before is not null && limit > 0);
    }

    private static string What(AuditEntry entry) =>
        string.Join(
            ", ",
            ((string?[])[entry.JobName is null ? null : $"job {entry.JobName}", entry.Subject]).Where(word => word is not null)
        );
}
