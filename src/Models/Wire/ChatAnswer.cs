using System.Collections.Immutable;
using Aios.Models.Configuration;

namespace Aios.Models.Wire;

/// <summary>What a model answers.</summary>
/// <param name="Parts">Text, thoughts, and requests for tools.</param>
/// <param name="Finish">Why it ends.</param>
/// <param name="Usage">The tokens that it took; null if the provider does not say.</param>
internal sealed record ChatAnswer(ImmutableArray<ChatPart> Parts, ChatFinish Finish, TokenUsage? Usage)
{
    /// <summary>All text of it.</summary>
    public string Text => string.Concat(Parts.OfType<TextPart>().Select(part => part.Text));

    /// <summary>The tools that it asks for.</summary>
    public IEnumerable<ToolCallPart> ToolCalls => Parts.OfType<ToolCallPart>();
}

/// <summary>Why an answer ends.</summary>
internal enum ChatFinish
{
    /// <summary>All is said.</summary>
    Stop,

    /// <summary>It got too long.</summary>
    Length,

    /// <summary>It waits for tools.</summary>
    ToolCalls,

    /// <summary>The provider does not want to say it.</summary>
    Filtered,
}

/// <summary>A piece of an answer that comes piece by piece.</summary>
internal abstract record ChatDelta
{
    /// <summary>Whether a reader sees something of it, so that no other model can answer any more.</summary>
    public virtual bool IsContent => true;
}

/// <summary>More text.</summary>
internal sealed record TextDelta(string Text) : ChatDelta;

/// <summary>More thoughts.</summary>
internal sealed record ThoughtDelta(string Text) : ChatDelta;

/// <summary>A request for a tool begins.</summary>
/// <param name="Index">Its place among the requests, from 0.</param>
/// <param name="Id">Names it.</param>
/// <param name="Name">The tool.</param>
internal sealed record ToolCallDelta(int Index, string Id, string Name) : ChatDelta
{
    /// <inheritdoc />
    public override bool IsContent => false;
}

/// <summary>More of the arguments of a request for a tool.</summary>
internal sealed record ArgumentsDelta(int Index, string Json) : ChatDelta;

/// <summary>The answer is whole.</summary>
internal sealed record FinishDelta(ChatFinish Finish) : ChatDelta
{
    /// <inheritdoc />
    public override bool IsContent => false;
}

/// <summary>The tokens that it took; the last one counts.</summary>
internal sealed record UsageDelta(TokenUsage Usage) : ChatDelta
{
    /// <inheritdoc />
    public override bool IsContent => false;
}
