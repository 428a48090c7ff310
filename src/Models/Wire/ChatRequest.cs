using System.Collections.Immutable;
using System.Text.Json;

namespace Aios.Models.Wire;

/// <summary>What somebody asks of a model, in no provider's format: each format is translated to this and from it.</summary>
internal sealed record ChatRequest
{
    /// <summary>What was said, oldest first; instructions are messages of the system.</summary>
    public required ImmutableArray<ChatMessage> Messages { get; init; }

    /// <summary>The tools that it may ask for.</summary>
    public ImmutableArray<ToolDefinition> Tools { get; init; } = [];

    /// <summary>Whether it must ask for one.</summary>
    public ToolChoice ToolChoice { get; init; }

    /// <summary>The tool that it must ask for, if <see cref="ToolChoice"/> says so.</summary>
    public string? ToolName { get; init; }

    /// <summary>False: at most one tool at once.</summary>
    public bool? ParallelTools { get; init; }

    /// <summary>The form of the answer.</summary>
    public AnswerForm Form { get; init; }

    /// <summary>A JSON schema that the answer meets; null for none.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>What the schema is called.</summary>
    public string? SchemaName { get; init; }

    /// <summary>From 0 to 2; null for the provider's own default.</summary>
    public double? Temperature { get; init; }

    /// <summary>The share of likely words that are considered.</summary>
    public double? TopP { get; init; }

    /// <summary>The longest answer, in tokens.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>How many answers are asked for at once.</summary>
    public int Answers { get; init; } = 1;

    /// <summary>Texts at which the answer ends.</summary>
    public ImmutableArray<string> Stop { get; init; } = [];

    /// <summary>Makes answers repeatable where the provider can.</summary>
    public long? Seed { get; init; }

    /// <summary>How much it thinks: minimal, low, medium or high; null for its default.</summary>
    public string? Effort { get; init; }

    /// <summary>Whether the answer comes piece by piece.</summary>
    public bool Streams { get; init; }

    /// <summary>Whether a stream ends with the tokens that it took.</summary>
    public bool StreamsUsage { get; init; }

    /// <summary>Names of fields that have no place here.</summary>
    public ImmutableArray<string> Unknown { get; init; } = [];

    /// <summary>How many images there are.</summary>
    public int Images => Messages.Sum(message => message.Parts.Count(part => part is ImagePart));
}

/// <summary>Whether a tool must be asked for.</summary>
internal enum ToolChoice
{
    /// <summary>As the model sees fit.</summary>
    Auto,

    /// <summary>None.</summary>
    None,

    /// <summary>At least one.</summary>
    Required,

    /// <summary>The one that is named.</summary>
    Named,
}

/// <summary>The form of an answer.</summary>
internal enum AnswerForm
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Any JSON object.</summary>
    Json,

    /// <summary>JSON of a schema.</summary>
    Schema,
}

/// <summary>A tool that a model may ask for.</summary>
/// <param name="Name">As it is asked for.</param>
/// <param name="Description">What it does, for the model.</param>
/// <param name="Parameters">The JSON schema of its arguments; null for none.</param>
internal sealed record ToolDefinition(string Name, string? Description, JsonElement? Parameters);
