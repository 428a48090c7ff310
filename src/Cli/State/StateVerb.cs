using System.CommandLine;
using Aios.Daemon.Presence;

namespace Aios.Cli;

/// <summary><c>aios state</c>: what programs remember from run to run.</summary>
internal static class StateVerb
{
    private static readonly Argument<string> Value = new("value")
    {
        Description = "The value; valid JSON is stored as JSON, anything else as text",
        HelpName = "VALUE",
    };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "state",
            "Read and change the values that programs keep between runs",
            ("aios state list --job inbox", "List the state of the job inbox"),
            ("aios state set last 2026-11-21 --job inbox", "Change a value")
        );
        StateScope.AddTo(command);
        command.Subcommands.Add(StateGetVerb.Create(context));
        command.Subcommands.Add(SetCommand(context));
        command.Subcommands.Add(StateAddVerb.Create(context));
        command.Subcommands.Add(DeleteCommand(context));
        command.Subcommands.Add(StateListVerb.Create(context));
        return command;
    }

    private static Verb SetCommand(CliContext context)
    {
        var command = new Verb(
            "set",
            "Set a value",
            ("aios state set last 2026-11-21 --job inbox", "Store a text"),
            ("aios state set limits '[1, 2]' --shared", "Store JSON for all jobs")
        )
        {
            StateScope.Key,
            Value,
            Json,
        };
        command.SetVerb(context, parsed =>
        {
            var (job, key) = (StateScope.JobOf(parsed), StateScope.KeyOf(parsed));
            var json = DaemonSecrets.MaskJson(KeywordArguments.ToJson(parsed.GetValue(Value)!));
            using var connection = Settings.Of(parsed).Database.Connect();
            connection.Write(queue =>
            {
                CliState.Set(queue, job, key, json, context.Now);
                return true;
            });
            JsonOutput.Tell(context, parsed.GetValue(Json), null, writer =>
            {
                writer.WritePropertyName(key);
                writer.WriteRawValue(json);
            });
            return ExitCode.Good;
        });
        return command;
    }

    private static Verb DeleteCommand(CliContext context)
    {
        var command = new Verb(
            "delete",
            "Delete a value; a missing value is not an error",
            ("aios state delete last --job inbox", "Delete the value")
        )
        {
            StateScope.Key,
            Json,
        };
        command.SetVerb(context, parsed =>
        {
            var (job, key) = (StateScope.JobOf(parsed), StateScope.KeyOf(parsed));
            using var connection = Settings.Of(parsed).Database.Connect();
            var wasThere = connection.Write(queue => CliState.Delete(queue, job, key, context.Now));
            JsonOutput.Tell(context, parsed.GetValue(Json), null, json =>
            {
                json.WriteString("key", key);
                json.WriteBoolean("was_there", wasThere);
            });
            return ExitCode.Good;
        });
        return command;
    }
}
