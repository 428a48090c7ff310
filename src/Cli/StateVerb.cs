using System.CommandLine;
using Aios.Daemon;
using Aios.Store.Sqlite;

namespace Aios.Cli;

/// <summary><c>aios state</c>: what programs remember from run to run.</summary>
internal static class StateVerb
{
    private static readonly Argument<string> Value = new("value") { Description = "What is JSON is taken as JSON, everything else as text", HelpName = "VALUE" };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "state",
            "Read and change what a job's programs remember from run to run",
            ("aios state list --job inbox", "All that the job inbox remembers"),
            ("aios state set last 2026-11-21 --job inbox", "Change it by hand"));
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
            ("aios state set last 2026-11-21 --job inbox", "Remember a text"),
            ("aios state set limits '[1, 2]' --shared", "Remember JSON, for all jobs")) { StateScope.Key, Value, Json };
        command.SetVerb(context, parsed =>
        {
            var (job, key) = (StateScope.JobOf(parsed), StateScope.KeyOf(parsed));
            var json = DaemonSecrets.MaskJson(KeywordArguments.ToJson(parsed.GetValue(Value)!));
            using var connection = QueueConnection.Open(Settings.Of(parsed).DatabasePath);
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
            "Take a value out; it is no error if there is none",
            ("aios state delete last --job inbox", "Forget it")) { StateScope.Key, Json };
        command.SetVerb(context, parsed =>
        {
            var (job, key) = (StateScope.JobOf(parsed), StateScope.KeyOf(parsed));
            using var connection = QueueConnection.Open(Settings.Of(parsed).DatabasePath);
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
