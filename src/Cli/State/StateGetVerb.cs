using System.CommandLine;
using System.Text.Json;
using Aios.Platform;
using Aios.Store;

namespace Aios.Cli;

/// <summary><c>aios state get</c>: one value.</summary>
internal static class StateGetVerb
{
    private static readonly Option<string?> Default = new("--default")
    {
        Description = "What to print if the value does not exist",
        HelpName = "VALUE",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "Print text as JSON, too" };

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "get",
            "Print a value: text unchanged, everything else as JSON",
            ("aios state get last --job inbox --default never", "Print the value last of the job inbox")
        )
        {
            StateScope.Key,
            Default,
            Json,
        };
        command.SetVerb(context, parsed => Get(parsed, context));
        return command;
    }

    private static int Get(ParseResult parsed, CliContext context)
    {
        var (job, key) = (StateScope.JobOf(parsed), StateScope.KeyOf(parsed));
        using var reader = Settings.Of(parsed).Database.Read();
        if (reader?.State(job, key) is [var entry])
        {
            context.Data.WriteLine(parsed.GetValue(Json) ? entry.ValueJson : InWords(entry.ValueJson));
            return ExitCode.Good;
        }

        if (parsed.GetValue(Default) is not { } other)
            return context.Fail($"the state of {(job == IState.Shared ? "all jobs" : $"job \"{job}\"")} has no value \"{key}\".");
        context.Data.WriteLine(parsed.GetValue(Json) ? KeywordArguments.ToJson(other) : other);
        return ExitCode.Good;
    }

    // Other programs may have written anything there.
    private static string InWords(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, DeepJson.Options);
            return document.RootElement.ValueKind == JsonValueKind.String ? RawJson.Text(document.RootElement) : json;
        }
        catch (JsonException)
        {
            return json;
        }
    }
}
