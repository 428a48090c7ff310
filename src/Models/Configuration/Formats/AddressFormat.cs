using System.Diagnostics.CodeAnalysis;
using Aios.Jobs.Formats;

namespace Aios.Models.Configuration;

/// <summary>Where a provider is.</summary>
internal sealed class AddressFormat : TextFormat
{
    /// <inheritdoc/>
    public override string Expected => "a URL such as http://127.0.0.1:11434/v1";

    /// <inheritdoc/>
    protected override string Pattern => "^https?://.+$";

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text.Trim();
        return Uri.TryCreate(accepted, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url.Host.Length > 0
            && url.UserInfo.Length == 0
            && url.Query.Length == 0;
    }
}
