using System.CommandLine;
using System.Text.Json;
using Aios.Store;

namespace Aios.Cli;

/// <summary><c>aios state list</c>: all values.</summary>
internal static class StateListVerb
{
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb("list", "List the values", ("aios state list --job inbox", "List the state of the job inbox")) { Json };
        command.SetVerb(context, parsed => List(parsed, context));
        return command;
    }

    private static int List(ParseResult parsed, CliContext context)
    {
        var job = StateScope.JobOf(parsed);
        using var reader = Settings.Of(parsed).Database.Read();
        var entries = reader?.State(job) ?? [];
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json => WriteJson(json, entries));
            return ExitCode.Good;
        }

        var table = new TextTable(Column.Text("KEY"), Column.Text("VALUE"), Column.Spare("CHANGED"));
        foreach (var entry in entries)
            table.Add(entry.Key, entry.ValueJson, Words.Local(entry.Updated));
        table.Write(context, "nothing is remembered there.");
        return ExitCode.Good;
    }

    private static void WriteJson(Utf8JsonWriter json, IReadOnlyList<StateEntry> entries)
    {
        json.WriteStartObject();
        foreach (var entry in entries)
        {
            json.WritePropertyName(entry.Key);
            if (KeywordArguments.IsJson(entry.ValueJson))
                json.WriteRawValue(entry.ValueJson, skipInputValidation: true);
            else
                json.WriteStringValue(entry.ValueJson);
        }

        json.WriteEndObject();
    }
}
