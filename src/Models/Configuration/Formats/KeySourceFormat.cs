using System.Diagnostics.CodeAnalysis;
using Aios.Jobs.Formats;

namespace Aios.Models.Configuration;

/// <summary>Where a key is; never the key itself.</summary>
internal sealed class KeySourceFormat : TextFormat
{
    /// <inheritdoc/>
    public override string Expected => "where the key is: env:NAME or file:PATH";

    /// <inheritdoc/>
    protected override string Pattern => "^(env:.+|file:.+)$";

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text.Trim();
        return UrlFormat.IsPlace(accepted);
    }
}
