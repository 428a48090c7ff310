using Aios.Expressions;
using Aios.Jobs.Works;

namespace Aios.Models.Runs;

/// <summary>Follows the references of a job that is no step: to the arguments of its run.</summary>
internal static class LlmTemplates
{
    /// <summary>The same with texts in which nothing is left to follow.</summary>
    /// <exception cref="ModelRunException">A reference has no value.</exception>
    public static LlmWork Follow(LlmWork work, string argsJson, string kwargsJson)
    {
        if (work.IsEvaluated)
            return work;
        var scope = new Arguments(argsJson, kwargsJson);
        var verify = work.Verify with
        {
            GroundedJson = Json("verify.grounded", work.Verify.GroundedJson, scope),
            Judge = work.Verify.Judge is { } judge ? judge with { Rubric = Text("verify.judge", judge.Rubric, scope)! } : null,
        };
        return work with
        {
            Prompt = Text("llm", work.Prompt, scope)!,
            System = Text("system", work.System, scope),
            Verify = verify,
            IsEvaluated = true,
        };
    }

    private static string? Text(string field, string? template, IScope scope) =>
        Evaluate(field, template, text => Template.Parse(text).EvaluateText(scope));

    private static string? Json(string field, string? template, IScope scope) =>
        Evaluate(field, template, json => JsonTemplate.Parse(json).Evaluate(scope));

    private static string? Evaluate(string field, string? template, Func<string, string> evaluate)
    {
        if (template is null || !StepReferences.MayBeIn(template))
            return template;
        try
        {
            return evaluate(template);
        }
        catch (ExpressionException error)
        {
            throw new ModelRunException($"{field}: {error.Message}") { IsFinal = true };
        }
    }

    private sealed class Arguments(string argsJson, string kwargsJson) : IScope
    {
        public IEnumerable<string> Roots => ["args", "kwargs"];

        public bool TryGet(string root, out Value value)
        {
            value = root switch
            {
                "args" => Value.OfJson(argsJson),
                "kwargs" => Value.OfJson(kwargsJson),
                _ => default,
            };
            return root is "args" or "kwargs";
        }
    }
}
