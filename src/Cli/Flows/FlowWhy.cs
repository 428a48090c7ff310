using System.Globalization;
using Aios.Control;
using Aios.Control.Flows;
using Aios.Store;

namespace Aios.Cli.Flows;

/// <summary>What a flow waits for, or why it ended as it did, in words.</summary>
internal static class FlowWhy
{
    /// <summary>The flow of that number, or null.</summary>
    public static FlowView? Find(string text, IStoreReader? reader) =>
        reader is not null && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? FlowView.Of(reader, id)
            : null;

    /// <summary>Says it.</summary>
    public static int Tell(FlowView flow, bool asJson, CliContext context)
    {
        var (because, changes) = Why(flow);
        if (asJson)
        {
            JsonOutput.Write(context.Out, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("flow_id", flow.Summary.Id);
                json.WriteString("job_name", flow.Summary.JobName);
                json.WriteString("state", flow.Summary.Status);
                json.WriteArray("because", because, (writer, words) => writer.WriteStringValue(words));
                json.WriteArray("changes", changes, (writer, words) => writer.WriteStringValue(words));
                json.WriteEndObject();
            });
            return ExitCode.Good;
        }

        var status = flow.IsOver ? $"is over: {flow.Summary.Status}." : $"is {flow.Summary.Status}:";
        WhyVerb.Flow(context, "", $"Flow {flow.Summary.Id} of job \"{flow.Summary.JobName}\" {status}");
        foreach (var words in because)
            WhyVerb.Flow(context, "  - ", $"{words}.");
        if (changes.Count > 0)
            context.Out.WriteLine("What would change that:");
        foreach (var words in changes)
            WhyVerb.Flow(context, "  - ", $"{words}.");
        return ExitCode.Good;
    }

    private static (List<string> Because, List<string> Changes) Why(FlowView flow)
    {
        var open = flow.Open().ToList();
        List<string> because = [.. open.Select(step => step.Words)];
        List<string> changes = [.. open.Select(step => step.Remedy).OfType<string>()];
        if (flow.Summary.Reason is { } reason)
            because.Insert(0, reason);
        if (!flow.IsOver)
            changes.Add($"`aios flow cancel {flow.Summary.Id}` ends it");
        else if (flow.Summary.Status != "succeeded")
            changes.Add($"`aios flow retry {flow.Summary.Id}` begins again what has not succeeded");
        return (because, changes);
    }
}
