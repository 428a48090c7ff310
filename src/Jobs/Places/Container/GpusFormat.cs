using System.Diagnostics.CodeAnalysis;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Places;

/// <summary>Graphics processors.</summary>
internal sealed class GpusFormat : TextFormat
{
    /// <inheritdoc/>
    public override string Kind => "all, number or ids";

    /// <inheritdoc/>
    public override string Expected => "all, how many, or ids with commas between them";

    /// <inheritdoc/>
    protected override string Pattern => "^(all|[1-9][0-9]{0,2}|[^\\s,]+(,[^\\s,]+)*)$";

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text;
        return text.Length > 0
            && text != "0"
            && text.Split(',').All(id => id.Length > 0 && !id.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)));
    }
}
