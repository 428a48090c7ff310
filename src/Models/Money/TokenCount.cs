using System.Globalization;
using System.Text;
using Aios.Models.Wire;

namespace Aios.Models.Money;

/// <summary>
/// Counts tokens without the provider: a bound that no tokenizer of bytes exceeds, for reservations; and an estimate, for
/// answers whose provider tells nothing.
/// </summary>
internal static class TokenCount
{
    /// <summary>The most tokens that one image takes with the providers that AIOS knows.</summary>
    private const long MostForImage = 8192;

    /// <summary>The most tokens of what a provider itself tells a model about the use of tools.</summary>
    private const long MostForTools = 1024;

    private const int LettersInToken = 4;
    private const int DigitsInToken = 3;
    private const int TokensOfMessage = 4;

    /// <summary>A bound: a token of text is at least one byte, and what a provider adds around a message is less than its JSON.</summary>
    /// <param name="request">The request.</param>
    /// <param name="bytes">Its length as it is sent.</param>
    public static long MostOf(ChatRequest request, int bytes)
    {
        var images = request.Messages.SelectMany(message => message.Parts.OfType<ImagePart>()).ToList();
        return Math.Max(1, bytes - images.Sum(image => (long)(image.Base64?.Length ?? 0)))
            + (images.Count * MostForImage)
            + (request.Tools.IsEmpty && request.Schema is null ? 0 : MostForTools);
    }

    /// <summary>An estimate for a request.</summary>
    public static long Estimate(ChatRequest request) =>
        request.Messages.Sum(message => TokensOfMessage + message.Parts.Sum(EstimateOf))
        + request.Tools.Sum(tool => Estimate(tool.Name) + Estimate(tool.Description ?? "") + Estimate(tool.Parameters?.GetRawText() ?? ""));

    /// <summary>
    /// An estimate for a text: words cost a token for each four letters, numbers for each three digits, other signs one each.
    /// </summary>
    public static long Estimate(string text)
    {
        long tokens = 0;
        var (run, isDigit) = (0, false);
        foreach (var rune in text.EnumerateRunes())
        {
            var isWord = rune.IsAscii && Rune.IsLetterOrDigit(rune);
            if (isWord && run > 0 && Rune.IsDigit(rune) == isDigit)
            {
                run++;
                continue;
            }

            tokens += TokensOf(run, isDigit);
            (run, isDigit) = isWord ? (1, Rune.IsDigit(rune)) : (0, false);
            if (!isWord && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.SpaceSeparator or UnicodeCategory.Control))
                tokens++;
        }

        return tokens + TokensOf(run, isDigit);
    }

    private static long EstimateOf(ChatPart part) =>
        part switch
        {
            TextPart text => Estimate(text.Text),
            ToolCallPart call => Estimate(call.Name) + Estimate(call.ArgumentsJson),
            ToolResultPart result => Estimate(result.Text),
            ImagePart => MostForImage,
            _ => 0,
        };

    private static long TokensOf(int run, bool isDigit)
    {
        var size = isDigit ? DigitsInToken : LettersInToken;
        return (run + size - 1) / size;
    }
}
