using System.Collections.Immutable;
using System.Text.Json;

namespace Aios.Models.Runs;

/// <summary>What is asked of one route.</summary>
/// <param name="Route">A role, a route or a model.</param>
/// <param name="Prompt">The question.</param>
internal sealed record LlmQuestion(string Route, string Prompt)
{
    /// <summary>Instructions; null for none.</summary>
    public string? System { get; init; }

    /// <summary>What the answer must meet; null for text.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>From 0 to 2; null for the model's own.</summary>
    public double? Temperature { get; init; }

    /// <summary>The longest answer, in tokens; null for that of the model.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The jobs that may be run.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>How often it is asked at most while it uses tools.</summary>
    public int MaxSteps { get; init; } = 1;
}

/// <summary>The answer to a question.</summary>
/// <param name="Text">It; of one with a schema, the JSON.</param>
/// <param name="Json">It as a result: valid JSON.</param>
/// <param name="Call">The number of the call that gave it.</param>
/// <param name="Model">Who gave it.</param>
internal sealed record FinalAnswer(string Text, string Json, long Call, string Model);
