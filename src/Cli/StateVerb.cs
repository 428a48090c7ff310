using System.CommandLine;
using Aios.Queue;

namespace Aios.Cli;

/// <summary><c>aios state</c>: what programs remember from run to run.</summary>
internal static class StateVerb
{
    private static readonly Argument<string> Value = new("value") { Description = "What is JSON is taken as JSON, everything else as text", HelpName = "VALUE" };

    public static Command Create(CliContext context)
    {
        var command = new Command("state", "Read and change what a job's programs remember from run to run");
        StateScope.AddTo(command);
        command.Subcommands.Add(StateGetVerb.Create(context));
        command.Subcommands.Add(SetCommand(context));
        command.Subcommands.Add(StateAddVerb.Create(context));
        command.Subcommands.Add(DeleteCommand(context));
        command.Subcommands.Add(StateListVerb.Create(context));
        return command;
    }

    private static Command SetCommand(CliContext context)
    {
        var command = new Command("set", "Set a value") { StateScope.Key, Value };
        command.SetVerb(context, parsed =>
        {
            var (job, key) = (StateScope.JobOf(parsed), StateScope.KeyOf(parsed));
            var json = KeywordArguments.ToJson(parsed.GetValue(Value)!);
            using var connection = QueueConnection.Open(Settings.Of(parsed).DatabasePath);
            return connection.Write(queue =>
            {
                CliState.Set(queue, job, key, json, context.Now);
                return ExitStatus.Good;
            });
        });
        return command;
    }

    private static Command DeleteCommand(CliContext context)
    {
        var command = new Command("delete", "Take a value out; it is no error if there is none") { StateScope.Key };
        command.SetVerb(context, parsed =>
        {
            var (job, key) = (StateScope.JobOf(parsed), StateScope.KeyOf(parsed));
            using var connection = QueueConnection.Open(Settings.Of(parsed).DatabasePath);
            connection.Write(queue => CliState.Delete(queue, job, key, context.Now));
            return ExitStatus.Good;
        });
        return command;
    }
}
