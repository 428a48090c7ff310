using System.CommandLine;
using System.Globalization;
using Aios.Control;
using Aios.Store;
using Aios.Store.Models;

namespace Aios.Cli.Models;

/// <summary><c>aios calls</c>: calls to language models.</summary>
internal static class CallsVerb
{
    private const int StandardLimit = 20;

    private static readonly Option<string?> Job = JobName.Option("Only calls of this job");
    private static readonly Option<int?> Run = WholeNumber.Option("--run", "Only calls of this run");
    private static readonly Option<string?> Model = new("--model") { Description = "Only calls to this model", HelpName = "MODEL" };
    private static readonly Option<string?> Route = new("--route") { Description = "Only calls of this route", HelpName = "ROUTE" };
    private static readonly Choice<CallOutcome> Outcome = new("--outcome", "Only calls of which this came");
    private static readonly Option<string?> Since = new("--since")
    {
        Description =
            "Only calls at or after this: a span (10m), a time (18:30), an instant (2026-12-24T18:30, Z or +01:00) or Unix seconds",
        HelpName = "WHEN",
    };
    private static readonly Option<int?> Limit = WholeNumber.Option("--limit", $"Maximum number of rows (default: {StandardLimit})", "-n");
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "calls",
            "List calls to language models, newest first",
            ("aios calls --job summary", "Show the calls of the job summary"),
            ("aios calls --outcome unknown", "Show the calls whose answers were lost")
        )
        {
            Job,
            Run,
            Model,
            Route,
            Outcome.Option,
            Since,
            Limit,
            Json,
        };
        command.SetVerb(context, parsed => List(parsed, context));
        return command;
    }

    private static int List(ParseResult parsed, CliContext context)
    {
        using var reader = Settings.OfHome(parsed).Database.Read();
        var calls = reader
            ?.Calls.Page(FilterOf(parsed, context), CallsOf(parsed), null, Math.Max(1, parsed.GetValue(Limit) ?? StandardLimit))
            .Items
            ?? [];
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json => json.WriteArray(null, calls, (writer, call) => writer.WriteCall(call)));
            return ExitCode.Good;
        }

        var table = new TextTable(
            "CALL",
            "TIME",
            Column.Text("WHO"),
            Column.Text("ROUTE"),
            Column.Text("MODEL"),
            "OUTCOME",
            Column.Spare("TOKENS"),
            "USD",
            Column.Spare("TOOK"),
            Column.Text("REASON")
        );
        foreach (var call in calls)
            table.Add(
                $"{call.Call}",
                Words.Short(call.Created, context.Now),
                call.JobName ?? call.Caller,
                call.Route,
                call.Model,
                call.Outcome.Name(),
                TokensOf(call.Tokens),
                Money(call.Cost),
                call.Duration is { } duration ? Words.Span(duration) : null,
                call.Reason
            );
        table.Write(context, "no call that fits has been made yet.");
        return ExitCode.Good;
    }

    /// <summary>US dollars, as short as they are exact.</summary>
    public static string Money(decimal dollars) => dollars.ToString("0.00########", CultureInfo.InvariantCulture);

    private static string TokensOf(CallTokens tokens) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{tokens.Input + tokens.CachedInput + tokens.CacheWrite} in, {tokens.Output + tokens.Reasoning} out"
        );

    private static RowFilter FilterOf(ParseResult parsed, CliContext context) =>
        new()
        {
            JobName = parsed.GetValue(Job),
            Since = parsed.GetValue(Since) is { } since ? PointInTime.ParsePast(since, context.Now, TimeZoneInfo.Local) : null,
        };

    private static CallFilter CallsOf(ParseResult parsed) =>
        new()
        {
            RunId = parsed.GetValue(Run),
            Model = parsed.GetValue(Model),
            Route = parsed.GetValue(Route),
            Outcome = Outcome.In(parsed),
        };
}
