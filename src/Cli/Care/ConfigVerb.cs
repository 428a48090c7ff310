using System.CommandLine;
using Aios.Cli.Completion;
using Aios.Control;
using Aios.Platform;
using Aios.Store;

namespace Aios.Cli;

/// <summary><c>aios config</c>: settings that are kept in the database and taken over while daemons run.</summary>
internal static class ConfigVerb
{
    private static readonly Argument<string> Key = new Argument<string>("key")
    {
        Description = $"The setting: {string.Join(", ", LiveSettings.All)}",
        HelpName = "KEY",
    }.With(LiveSettings.All);
    private static readonly Argument<string> Value = new("value") { Description = "The value", HelpName = "VALUE" };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "config",
            "Show and change settings while daemons run",
            ("aios config set log-level debug", "Log more on all daemons, from now on"),
            ("aios config list", "List the values")
        );
        var list = new Verb("list", "List the settings that have a value", ("aios config list", "List the values")) { Json };
        list.SetVerb(context, parsed => List(parsed, context));
        var get = new Verb(
            "get",
            "Print the value of a setting",
            ("aios config get log-level", "Print the level that is set for all daemons")
        )
        {
            Key,
            Json,
        };
        get.SetVerb(context, parsed => Get(parsed, context));
        var set = new Verb(
            "set",
            "Set a value; it takes effect on all daemons of this database within a second",
            ("aios config set log-level debug", "Log more on all daemons, from now on")
        )
        {
            Key,
            Value,
            Json,
        };
        set.SetVerb(context, parsed => Set(parsed, context));
        var unset = new Verb(
            "unset",
            "Remove a value, so that each daemon uses the setting it was started with",
            ("aios config unset log-level", "Use each daemon's own log level again")
        )
        {
            Key,
            Json,
        };
        unset.SetVerb(context, parsed => Unset(parsed, context));
        foreach (var verb in (Command[])[list, get, set, unset])
            command.Subcommands.Add(verb);
        return command;
    }

    private static int List(ParseResult parsed, CliContext context)
    {
        using var connection = Settings.OfHome(parsed).Database.Connect();
        var values = connection.Write(queue =>
            LiveSettings
                .All.Select(key => (Key: key, Value: queue.Config.Find(LiveSettings.NameOf(key))))
                .Where(pair => pair.Value is not null)
                .ToList()
        );
        if (!parsed.GetValue(Json))
        {
            foreach (var (key, value) in values)
                context.Out.WriteLine($"{key} {value}");
            return ExitCode.Good;
        }

        JsonOutput.Write(context.Out, json =>
        {
            json.WriteStartObject();
            foreach (var (key, value) in values)
                json.WriteString(key, value);
            json.WriteEndObject();
        });
        return ExitCode.Good;
    }

    private static int Get(ParseResult parsed, CliContext context)
    {
        var key = KeyOf(parsed);
        using var connection = Settings.OfHome(parsed).Database.Connect();
        if (connection.Write(queue => queue.Config.Find(LiveSettings.NameOf(key))) is not { } value)
            return context.Fail($"{key} is not set: each daemon has what it was started with.");
        JsonOutput.Tell(context, parsed.GetValue(Json), value, json => json.WriteString(key, value));
        return ExitCode.Good;
    }

    private static int Set(ParseResult parsed, CliContext context)
    {
        var (key, value) = (KeyOf(parsed), parsed.GetValue(Value)!);
        if (LiveSettings.DefectOf(value) is { } defect)
            throw new CommandLineException($"{key}: {defect}");
        using var connection = Settings.OfHome(parsed).Database.Connect();
        connection.Write(queue => queue.Configure(key, value, CliActor.Here, context.Now));
        JsonOutput.Tell(context, parsed.GetValue(Json), null, json => json.WriteString(key, value));
        return ExitCode.Good;
    }

    private static int Unset(ParseResult parsed, CliContext context)
    {
        var key = KeyOf(parsed);
        using var connection = Settings.OfHome(parsed).Database.Connect();
        if (!connection.Write(queue => queue.Configure(key, null, CliActor.Here, context.Now)))
            context.Say($"{key} was not set.");
        JsonOutput.Tell(context, parsed.GetValue(Json), null, json => json.WriteNull(key));
        return ExitCode.Good;
    }

    private static string KeyOf(ParseResult parsed)
    {
        var key = parsed.GetValue(Key)!.Replace('_', '-');
        if (LiveSettings.All.Contains(key))
            return key;
        throw new CommandLineException(
            $"there is no setting \"{key}\" that can be changed while daemons run. Those there are: "
                + $"{string.Join(", ", LiveSettings.All)}.{NearestName.Hint(key, LiveSettings.All)}"
        );
    }
}
