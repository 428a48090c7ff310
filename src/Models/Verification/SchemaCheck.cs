using System.Collections.Immutable;
using System.Text.Json;
using Aios.Models.Verification.Schemas;

namespace Aios.Models.Verification;

/// <summary>
/// Whether a value is what a JSON Schema (2020-12) says, as models and providers use it: without schemas of other documents, and
/// without what depends on what other keywords have seen (<c>unevaluated…</c>, <c>$dynamicRef</c>). Formats are asserted.
/// </summary>
internal static class SchemaCheck
{
    public const string Name = "schema";

    /// <summary>Checks a value.</summary>
    public static CheckReport Check(JsonElement schema, JsonElement value)
    {
        var findings = new SchemaEvaluation(schema).Run(value);
        return new CheckReport(Name, findings.IsEmpty ? 1 : 0, findings);
    }

    /// <summary>What is wrong with a schema itself: keywords that cannot be as they are, patterns, references that lead nowhere.</summary>
    public static ImmutableArray<Finding> Defects(JsonElement schema) => new SchemaDefects(schema).Find();
}
