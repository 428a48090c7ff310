using System.Collections.Immutable;

namespace Aios.Jobs.Works;

/// <summary>A question to a language model. Its texts may have references to the arguments of the run.</summary>
/// <param name="Prompt">What is asked.</param>
internal sealed record LlmWork(string Prompt) : JobWork
{
    /// <summary>The route that a job asks which names none.</summary>
    public const string StandardRoute = "default";

    /// <summary>What makes one answer of a panel's, unless a job says otherwise.</summary>
    public const string StandardSynthesizer = "synthesizer";

    /// <summary>How often a job asks that has tools, unless it says otherwise.</summary>
    public const int StandardSteps = 10;

    /// <inheritdoc/>
    public override WorkKind Kind => LlmKind.Instance;

    /// <summary>It waits for others nearly all of its time.</summary>
    public override bool TakesSlot => false;

    /// <summary>A role, a route or a model of models.yaml; null for <see cref="StandardRoute"/>.</summary>
    public LlmTarget? Target { get; init; }

    /// <summary>Instructions that stand before the prompt.</summary>
    public string? System { get; init; }

    /// <summary>The JSON Schema that the answer meets, as JSON; null for text.</summary>
    public string? SchemaJson { get; init; }

    /// <summary>From 0 to 2; null for the model's own default.</summary>
    public decimal? Temperature { get; init; }

    /// <summary>The longest answer, in tokens; null for that of the model.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The jobs that the model may have run.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>How often the model is asked at most while it uses tools.</summary>
    public int MaxSteps { get; init; } = StandardSteps;

    /// <summary>How the answer is checked.</summary>
    public AnswerChecks Verify { get; init; } = AnswerChecks.None;

    /// <summary>Below this the run has failed; from 0 to 1.</summary>
    public decimal MinConfidence { get; init; }

    /// <summary>The routes or models that answer apart from each other before one answer is made of theirs.</summary>
    public ImmutableArray<string> Panel { get; init; } = [];

    /// <summary>What makes one answer of those of the panel.</summary>
    public string Synthesizer { get; init; } = StandardSynthesizer;

    /// <summary>Whether the references in its texts have been followed.</summary>
    public bool IsEvaluated { get; init; }

    /// <summary>What is asked, as models.yaml names it.</summary>
    public string Route => Target?.Name ?? StandardRoute;

    /// <summary>A call has no process.</summary>
    public override TLaunch LaunchOn<TLaunch>(IWorkHost<TLaunch> host) =>
        throw new NotSupportedException("A call to a language model has no process.");

    /// <inheritdoc/>
    public override JobWork Evaluated() => this with { IsEvaluated = true };
}

/// <summary>What a job asks.</summary>
/// <param name="Field">How the list names it: <c>role</c>, <c>route</c> or <c>model</c>.</param>
/// <param name="Name">Its name.</param>
internal sealed record LlmTarget(string Field, string Name);
