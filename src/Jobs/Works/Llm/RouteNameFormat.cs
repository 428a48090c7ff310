using System.Diagnostics.CodeAnalysis;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Works;

/// <summary>The name of a role, a route or a model.</summary>
internal sealed class RouteNameFormat : TextFormat
{
    /// <inheritdoc/>
    public override string Kind => "name of a route or model";

    /// <inheritdoc/>
    public override string Expected => "the name of a role, a route or a model of models.yaml";

    /// <inheritdoc/>
    protected override string Pattern => "\\S";

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text;
        return !string.IsNullOrWhiteSpace(text);
    }
}
