using System.CommandLine;
using Aios.Access;
using Aios.Cli.Completion;
using Aios.Control;
using Aios.Jobs;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Api;
using Aios.Store.Jobs;
using Aios.Store.Runs;

namespace Aios.Cli;

/// <summary><c>aios keys</c>: who may use the API from elsewhere.</summary>
internal static class KeysVerb
{
    private const int LongestName = 64;
    private static readonly Argument<string> Name = new("name") { Description = "The name of the key", HelpName = "NAME" };

    private static readonly Option<string?> RoleOption = new Option<string?>("--role")
    {
        Description =
            "viewer (can see), approver (can also decide approvals), operator (can also trigger, stop and pause) or admin (everything) "
            + "(default: viewer)",
        HelpName = "ROLE",
    }.With(RoleNames.All);

    private static readonly Option<string?> Jobs = new("--jobs")
    {
        Description = "Limit the key to jobs whose names match one of these patterns, separated by commas; * matches any characters",
        HelpName = "PATTERNS",
    };
    private static readonly Option<string?> Expires = new("--expires")
    {
        Description = "Expiry: a span (90d), a time, an instant (2026-12-24T18:30Z) or Unix seconds (default: never)",
        HelpName = "WHEN",
    };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "keys",
            "Create, list and revoke API keys",
            ("aios keys add phone --role operator", "Create a key that can start and stop jobs, for a phone"),
            ("aios keys revoke phone", "Revoke that key")
        );
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
            "Create a key and print it; it cannot be shown again",
            ("aios keys add phone --role operator", "Create a key that can start and stop jobs, for a phone"),
            ("aios keys add ada --jobs mail_*,report --expires 90d", "Create a key for 90 days that can see only some jobs")
        )
        {
            Name,
            RoleOption,
            Jobs,
            Expires,
            Json,
        };
        command.SetVerb(context, parsed => Add(parsed, context));
        return command;
    }

    private static Verb ListCommand(CliContext context)
    {
        var command = new Verb("list", "List the keys, without their secret part", ("aios keys list", "List the keys")) { Json };
        command.SetVerb(context, parsed => List(parsed, context));
        return command;
    }

    private static Verb RevokeCommand(CliContext context)
    {
        var command = new Verb("revoke", "Revoke a key within a second", ("aios keys revoke phone", "Revoke the key named phone"))
        {
            Name,
            Json,
        };
        command.SetVerb(context, parsed => Revoke(parsed, context));
        return command;
    }

    private static Verb MakeCommand(CliContext context)
    {
        var command = new Verb(
            "make",
            "Print a new key for AIOS_API_KEYS without storing it",
            ("aios keys make", "Print a key for AIOS_API_KEYS")
        )
        {
            Json,
        };
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
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            throw new CommandLineException(
                $"found a name of {name.Length} characters, expected from 1 to {LongestName}, none of them a control character."
            );
        var role = RoleOf(parsed.GetValue(RoleOption) ?? "viewer");
        var jobs = JobPatterns.Parse(parsed.GetValue(Jobs));
        if (parsed.GetValue(Jobs) is { } given && jobs.IsAll)
            throw new CommandLineException($"--jobs: found \"{given}\", expected patterns such as mail_*,report.");
        var expires = parsed.GetValue(Expires) is { } when
            ? PointInTime.Parse(when, context.Now, TimeZoneInfo.Local, "--expires")
            : (DateTimeOffset?)null;
        var key = KeyText.Make();
        using var connection = Settings.OfHome(parsed).Database.Connect();
        var record = new ApiKeyRecord(
            name,
            role.Name(),
            jobs.ToString(),
            Convert.ToHexStringLower(KeyText.Hash(key)),
            context.Now,
            expires
        );
        if (!connection.Write(queue => queue.AddKey(record, CliActor.Here, context.Now)))
            throw new CommandLineException($"there is a key named \"{name}\" already. Revoke it, or choose another name.");
        JsonOutput.Tell(context, parsed.GetValue(Json), key, json =>
        {
            json.WriteString("key", key);
            WriteMembers(json, record);
        });
        context.Say(
            $"keep it safe: it is not shown again. It is for the role "
                + $"{role.Name()}{(jobs.IsAll ? "" : $" with the jobs {jobs}")}{(expires is null ? "" : $" until {Words.Local(expires)}")}."
        );
        return ExitCode.Good;
    }

    private static int List(ParseResult parsed, CliContext context)
    {
        using var reader = Settings.OfHome(parsed).Database.Read();
        var keys = reader?.ApiKeys() ?? [];
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json => json.WriteArray(null, keys, Write));
            return ExitCode.Good;
        }

        var table = new TextTable(Column.Text("NAME"), "ROLE", Column.Text("JOBS"), Column.Spare("MADE"), "EXPIRES");
        foreach (var key in keys)
            table.Add(
                key.Name,
                key.Role,
                key.Jobs.Length == 0 ? "all" : key.Jobs,
                Words.Local(key.Created),
                key.Expires <= context.Now ? "expired" : Words.Local(key.Expires)
            );
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
        using var connection = Settings.OfHome(parsed).Database.Connect();
        if (!connection.Write(queue => queue.RevokeKey(name, CliActor.Here, context.Now)))
            throw new CommandLineException($"there is no key named \"{name}\".{HintOf(name, connection)}");
        JsonOutput.Tell(context, parsed.GetValue(Json), $"Key \"{name}\" opens nothing any more.", json => json.WriteString("name", name));
        return ExitCode.Good;
    }

    private static string HintOf(string name, IStoreConnection connection) =>
        NearestName.Hint(name, connection.Write(queue => queue.ApiKeys.All()).Select(key => key.Name));

    private static Role RoleOf(string text) =>
        RoleNames.Parse(text)
        ?? throw new CommandLineException(
            $"--role: found \"{text}\", expected {string.Join(", ", RoleNames.All)}.{NearestName.Hint(text, RoleNames.All)}"
        );
}
