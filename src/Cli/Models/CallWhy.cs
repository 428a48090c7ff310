using System.Globalization;
using System.Text.Json;
using Aios.Control;
using Aios.Store;
using Aios.Store.Models;

namespace Aios.Cli.Models;

/// <summary>Why a call to a language model was answered by the model that answered it, or by none.</summary>
internal static class CallWhy
{
    /// <summary>Says it.</summary>
    /// <exception cref="CommandLineException">There is no such call.</exception>
    public static int Tell(string number, IStoreReader? reader, bool asJson, CliContext context)
    {
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            throw new CommandLineException($"found \"{number}\", expected the number of a call. `aios calls` lists them.");
        var attempts = reader?.Calls.Attempts(id) ?? [];
        if (attempts.Count == 0)
            throw new CommandLineException($"there is no call {id}. `aios calls` lists those there are.");
        if (asJson)
        {
            JsonOutput.Write(context.Out, json => json.WriteArray(null, attempts, (writer, call) => writer.WriteCall(call)));
            return ExitCode.Good;
        }

        var last = attempts[^1];
        var who = last.RunId is { } run ? $"run {run} of job \"{last.JobName}\"" : last.Caller ?? "nobody";
        WhyVerb.Flow(context, "", $"Call {last.Call} of {who} asked for \"{last.Route}\" and {EndOf(last)}");
        foreach (var note in NotesOf(last))
            WhyVerb.Flow(context, "  - ", note);
        foreach (var check in ChecksOf(last))
            WhyVerb.Flow(context, "  - ", check);
        foreach (var attempt in attempts.Where(attempt => attempt.ProviderRequest is not null || attempt.ResponseId is not null))
            WhyVerb.Flow(context, "  - ", IdsOf(attempt));
        foreach (var attempt in attempts.Where(attempt => attempt.Reconciled is not null))
            WhyVerb.Flow(context, "  - ", ReconciledOf(attempt, context.Now));
        WhyVerb.Flow(context, "", $"It cost {CallsVerb.Money(attempts.Sum(attempt => attempt.Cost))} USD.");
        return ExitCode.Good;
    }

    private static string EndOf(CallRecord call) =>
        call.Outcome == CallOutcome.Ok ? $"was answered by \"{call.Model}\":" : $"has no answer ({call.Outcome.Name()}):";

    private static string IdsOf(CallRecord attempt)
    {
        string?[] ids =
        [
            attempt.ProviderRequest is { } request ? $"the request {request}" : null,
            attempt.ResponseId is { } answer ? $"the answer {answer}" : null,
        ];
        return $"{attempt.Provider} calls {string.Join(" and ", ids.OfType<string>())} (attempt {attempt.Attempt}).";
    }

    private static string ReconciledOf(CallRecord attempt, DateTimeOffset now) =>
        $"attempt {attempt.Attempt} cost {CallsVerb.Money(attempt.Cost)} USD, as {attempt.ReconciledBy} entered "
        + $"{Words.Short(attempt.Reconciled!.Value, now)}; it counted with {CallsVerb.Money(attempt.FormerCost ?? 0)} USD before.";

    private static IEnumerable<string> ChecksOf(CallRecord call)
    {
        if (call is not { Confidence: { } confidence, VerificationJson: { } making })
            yield break;
        yield return string.Create(CultureInfo.InvariantCulture, $"confidence {confidence:0.##}, from these checks:");
        using var checks = JsonDocument.Parse(making);
        foreach (var check in checks.RootElement.GetProperty("checks").EnumerateArray())
        {
            var findings = check
                .GetProperty("findings")
                .EnumerateArray()
                .Select(finding =>
                    $"{finding.GetProperty("text").GetString()}: {finding.GetProperty("problem").GetString()}".TrimStart(':', ' ')
                );
            yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{check.GetProperty("check").GetString()} {check.GetProperty("score").GetDouble():0.##} {string.Join("; ", findings)}"
                )
                .TrimEnd();
        }
    }

    private static IEnumerable<string> NotesOf(CallRecord call)
    {
        if (call.WhyJson is null)
            yield break;
        using var why = JsonDocument.Parse(call.WhyJson);
        yield return $"the models of the route are asked in this order: {why.RootElement.GetProperty("strategy").GetString()}.";
        foreach (var note in why.RootElement.GetProperty("models").EnumerateArray())
            yield return $"{note.GetProperty("model").GetString()}: {note.GetProperty("note").GetString()?.TrimEnd('.')}.";
    }
}
