using System.Collections.Immutable;

namespace Aios.Models.Wire;

/// <summary>Something that was said.</summary>
/// <param name="Role">By whom.</param>
/// <param name="Parts">What.</param>
internal sealed record ChatMessage(ChatRole Role, ImmutableArray<ChatPart> Parts)
{
    /// <summary>All text of it.</summary>
    public string Text => string.Concat(Parts.OfType<TextPart>().Select(part => part.Text));
}

/// <summary>Who says something.</summary>
internal enum ChatRole
{
    /// <summary>Whoever gives the model its instructions.</summary>
    System,

    /// <summary>Whoever asks; results of tools, too.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,
}

/// <summary>A part of a message.</summary>
internal abstract record ChatPart;

/// <summary>Text.</summary>
internal sealed record TextPart(string Text) : ChatPart;

/// <summary>An image: its address, or its bytes in base64.</summary>
internal sealed record ImagePart(string? Url, string? MediaType, string? Base64) : ChatPart
{
    /// <summary>The address, with the bytes in it if there is no other.</summary>
    public string Address => Url ?? $"data:{MediaType};base64,{Base64}";

    /// <summary>An image at an address, whose bytes may be in the address.</summary>
    public static ImagePart At(string url)
    {
        const string Scheme = "data:";
        const string Marker = ";base64,";
        var comma = url.IndexOf(Marker, StringComparison.Ordinal);
        return url.StartsWith(Scheme, StringComparison.Ordinal) && comma > 0
            ? new ImagePart(null, url[Scheme.Length..comma], url[(comma + Marker.Length)..])
            : new ImagePart(url, null, null);
    }
}

/// <summary>The model asks for a tool.</summary>
/// <param name="Id">Names this request among all.</param>
/// <param name="Name">The tool.</param>
/// <param name="ArgumentsJson">A JSON object.</param>
internal sealed record ToolCallPart(string Id, string Name, string ArgumentsJson) : ChatPart;

/// <summary>What a tool gave.</summary>
/// <param name="CallId">The request that it answers.</param>
/// <param name="Text">Its result.</param>
/// <param name="IsError">Whether it failed.</param>
internal sealed record ToolResultPart(string CallId, string Text, bool IsError) : ChatPart;

/// <summary>What the model thought.</summary>
internal sealed record ThoughtPart(string Text) : ChatPart;
