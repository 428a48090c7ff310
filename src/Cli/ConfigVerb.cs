using System.CommandLine;
using Aios.Control;
using Aios.Queue;

namespace Aios.Cli;

/// <summary><c>aios config</c>: settings that are kept in the database and taken over while daemons run.</summary>
internal static class ConfigVerb
{
    private static readonly Argument<string> Key = new("key") { Description = $"Which: {string.Join(", ", LiveSettings.All)}", HelpName = "KEY" };
    private static readonly Argument<string> Value = new("value") { Description = "Its value", HelpName = "VALUE" };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Command("config", "See and change settings while daemons run");
        var list = new Command("list", "List those that are set") { Json };
        list.SetVerb(context, parsed => List(parsed, context));
        var get = new Command("get", "Print a value") { Key };
        get.SetVerb(context, parsed => Get(parsed, context));
        var set = new Command("set", "Set a value; all daemons of this database take it over within a second") { Key, Value };
        set.SetVerb(context, parsed => Set(parsed, context));
        var unset = new Command("unset", "Let what a daemon was started with count again") { Key };
        unset.SetVerb(context, parsed => Unset(parsed, context));
        foreach (var verb in (Command[])[list, get, set, unset]) command.Subcommands.Add(verb);
        return command;
    }

    private static int List(ParseResult parsed, CliContext context)
    {
        using var connection = QueueConnection.Open(Settings.Of(parsed).DatabasePath);
        var values = connection.Write(queue => LiveSettings.All.Select(key => (Key: key, Value: queue.Config.Find(LiveSettings.NameOf(key)))).Where(pair => pair.Value is not null).ToList());
        if (!parsed.GetValue(Json))
        {
            foreach (var (key, value) in values) context.Out.WriteLine($"{key} {value}");
            return ExitStatus.Good;
        }

        JsonOutput.Write(context.Out, json =>
        {
            json.WriteStartObject();
            foreach (var (key, value) in values) json.WriteString(key, value);
            json.WriteEndObject();
        });
        return ExitStatus.Good;
    }

    private static int Get(ParseResult parsed, CliContext context)
    {
        var key = KeyOf(parsed);
        using var connection = QueueConnection.Open(Settings.Of(parsed).DatabasePath);
        if (connection.Write(queue => queue.Config.Find(LiveSettings.NameOf(key))) is not { } value) return context.Fail($"{key} is not set: each daemon has what it was started with.");
        context.Out.WriteLine(value);
        return ExitStatus.Good;
    }

    private static int Set(ParseResult parsed, CliContext context)
    {
        var (key, value) = (KeyOf(parsed), parsed.GetValue(Value)!);
        if (LiveSettings.DefectOf(value) is { } defect) throw new CommandLineException($"{key}: {defect}");
        using var connection = QueueConnection.Open(Settings.Of(parsed).DatabasePath);
        connection.Write(queue => queue.Configure(key, value, CliActor.Here, context.Now));
        return ExitStatus.Good;
    }

    private static int Unset(ParseResult parsed, CliContext context)
    {
        var key = KeyOf(parsed);
        using var connection = QueueConnection.Open(Settings.Of(parsed).DatabasePath);
        if (!connection.Write(queue => queue.Configure(key, null, CliActor.Here, context.Now))) context.Error.WriteLine($"aios: {key} was not set.");
        return ExitStatus.Good;
    }

    private static string KeyOf(ParseResult parsed)
    {
        var key = parsed.GetValue(Key)!.Replace('_', '-');
        if (LiveSettings.All.Contains(key)) return key;
        throw new CommandLineException($"there is no setting \"{key}\" that can be changed while daemons run. Those there are: {string.Join(", ", LiveSettings.All)}.{Jobs.NearestName.Hint(key, LiveSettings.All)}");
    }
}
