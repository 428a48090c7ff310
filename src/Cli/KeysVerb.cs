using System.CommandLine;
using Aios.Access;
using Aios.Cli.Completion;
using Aios.Control;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Runs;
using Aios.Store.Sqlite;
using Aios.Store.Sqlite.Reading;

namespace Aios.Cli;

/// <summary><c>aios keys</c>: who may use the API from elsewhere.</summary>
internal static class KeysVerb
{
    private const int LongestName = 64;
    private static readonly Argument<string> Name = new("name") { Description = "What the key is called, for people", HelpName = "NAME" };

    private static readonly Option<string?> RoleOption = new Option<string?>("--role")
    {
        Description = "viewer (sees), operator (also triggers, stops, pauses) or admin (all) (default: viewer)",
        HelpName = "ROLE",
    }.With(RoleNames.All);

    private static readonly Option<string?> Jobs = new("--jobs") { Description = "Only for jobs whose names match one of these patterns, separated by commas; * stands for any letters", HelpName = "PATTERNS" };
    private static readonly Option<string?> Expires = new("--expires") { Description = "When it ends: a span (90d), a time, an instant (2026-12-24T18:30Z) or Unix seconds (default: never)", HelpName = "WHEN" };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "keys",
            "Make, list and revoke keys of the API",
            ("aios keys add phone --role operator", "A key with which a phone may start and stop jobs"),
            ("aios keys revoke phone", "Take it away"));
        command.Subcommands.Add(AddCommand(context));
        command.Subcommands.Add(ListCommand(context));
        command.Subcommands.Add(RevokeCommand(context));
        command.Subcommands.Add(MakeCommand(context));
        return command;
    }

    private static Verb AddCommand(CliContext context)
    {
        var command = new Verb(
            "add",
            "Make a key and print it; it is not shown again",
            ("aios keys add phone --role operator", "A key with which a phone may start and stop jobs"),
            ("aios keys add ada --jobs mail_*,report --expires 90d", "A key that only sees some jobs, for 90 days")) { Name, RoleOption, Jobs, Expires, Json };
        command.SetVerb(context, parsed => Add(parsed, context));
        return command;
    }

    private static Verb ListCommand(CliContext context)
    {
        var command = new Verb(
            "list",
            "List the keys, without what opens the API",
            ("aios keys list", "Who may use the API")) { Json };
        command.SetVerb(context, parsed => List(parsed, context));
        return command;
    }

    private static Verb RevokeCommand(CliContext context)
    {
        var command = new Verb(
            "revoke",
            "Take a key away, within a second",
            ("aios keys revoke phone", "The key named phone opens nothing any more")) { Name, Json };
        command.SetVerb(context, parsed => Revoke(parsed, context));
        return command;
    }

    private static Verb MakeCommand(CliContext context)
    {
        var command = new Verb(
            "make",
            "Print a new key that is kept nowhere, for AIOS_API_KEYS",
            ("aios keys make", "A key for AIOS_API_KEYS")) { Json };
        command.SetVerb(context, parsed =>
        {
            var key = KeyText.Make();
            JsonOutput.Tell(context, parsed.GetValue(Json), key, json => json.WriteString("key", key));
            return ExitCode.Good;
        });
        return command;
    }

    private static int Add(ParseResult parsed, CliContext context)
    {
        var name = parsed.GetValue(Name)!;
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl)) throw new CommandLineException($"found a name of {name.Length} characters, expected from 1 to {LongestName}, none of them a control character.");
        var role = RoleOf(parsed.GetValue(RoleOption) ?? "viewer");
        var jobs = JobPatterns.Parse(parsed.GetValue(Jobs));
        if (parsed.GetValue(Jobs) is { } given && jobs.IsAll) throw new CommandLineException($"--jobs: found \"{given}\", expected patterns such as mail_*,report.");
        var expires = parsed.GetValue(Expires) is { } when ? PointInTime.Parse(when, context.Now, TimeZoneInfo.Local, "--expires") : (DateTimeOffset?)null;
        var key = KeyText.Make();
        using var connection = QueueConnection.Open(Settings.OfHome(parsed).DatabasePath);
        var record = new ApiKeyRecord(name, role.Name(), jobs.ToString(), Convert.ToHexStringLower(KeyText.Hash(key)), context.Now, expires);
        if (!connection.Write(queue => queue.AddKey(record, CliActor.Here, context.Now))) throw new CommandLineException($"there is a key named \"{name}\" already. Revoke it, or take another name.");
        JsonOutput.Tell(context, parsed.GetValue(Json), key, json =>
        {
            json.WriteString("key", key);
            WriteMembers(json, record);
        });
        context.Say($"keep it well: it is not shown again. It is for the role {role.Name()}{(jobs.IsAll ? "" : $" with the jobs {jobs}")}{(expires is null ? "" : $" until {Words.Local(expires)}")}.");
        return ExitCode.Good;
    }

    private static int List(ParseResult parsed, CliContext context)
    {
        using var reader = QueueReader.Open(Settings.OfHome(parsed).DatabasePath);
        var keys = reader?.ApiKeys() ?? [];
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json => json.WriteArray(null, keys, Write));
            return ExitCode.Good;
        }

        var table = new TextTable(Column.Text("NAME"), "ROLE", Column.Text("JOBS"), Column.Spare("MADE"), "EXPIRES");
        foreach (var key in keys) table.Add(key.Name, key.Role, key.Jobs.Length == 0 ? "all" : key.Jobs, Words.Local(key.Created), key.Expires <= context.Now ? "expired" : Words.Local(key.Expires));
        table.Write(context, "there are no keys. `aios keys add NAME --role operator` makes one.");
        return ExitCode.Good;
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, ApiKeyRecord key)
    {
        json.WriteStartObject();
        WriteMembers(json, key);
        json.WriteEndObject();
    }

    private static void WriteMembers(System.Text.Json.Utf8JsonWriter json, ApiKeyRecord key)
    {
        json.WriteString("name", key.Name);
        json.WriteString("role", key.Role);
        json.WriteArray("jobs", JobPatterns.Parse(key.Jobs).Patterns, (writer, pattern) => writer.WriteStringValue(pattern));
        json.WriteInstant("created", key.Created);
        json.WriteInstant("expires", key.Expires);
    }

    private static int Revoke(ParseResult parsed, CliContext context)
    {
        var name = parsed.GetValue(Name)!;
        using var connection = QueueConnection.Open(Settings.OfHome(parsed).DatabasePath);
        if (!connection.Write(queue => queue.RevokeKey(name, CliActor.Here, context.Now))) throw new CommandLineException($"there is no key named \"{name}\".{HintOf(name, connection)}");
        JsonOutput.Tell(context, parsed.GetValue(Json), $"Key \"{name}\" opens nothing any more.", json => json.WriteString("name", name));
        return ExitCode.Good;
    }

    private static string HintOf(string name, QueueConnection connection) => NearestName.Hint(name, connection.Write(queue => queue.ApiKeys.All()).Select(key => key.Name));

    private static Role RoleOf(string text) =>
        RoleNames.Parse(text) ?? throw new CommandLineException($"--role: found \"{text}\", expected {string.Join(", ", RoleNames.All)}.{NearestName.Hint(text, RoleNames.All)}");
}
