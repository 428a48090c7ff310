using Aios.Jobs.Formats;

namespace Aios.Jobs.Places;

/// <summary>Capabilities of Linux, with or without their prefix.</summary>
internal sealed class CapabilitiesFormat : ListFormat<string>
{
    private const string Prefix = "CAP_";

    /// <inheritdoc/>
    public override string Kind => "list of capabilities";

    /// <inheritdoc/>
    public override string Expected => "a list of capabilities of Linux such as [CHOWN, NET_BIND_SERVICE]";

    /// <inheritdoc/>
    protected override string ExpectedItem => "a capability of Linux such as CHOWN";

    /// <inheritdoc/>
    protected override string ItemPattern => "^[A-Za-z][A-Za-z_]*$";

    /// <inheritdoc/>
    protected override string? Parse(string text) => IsName(text) ? Short(text) : null;

    private static bool IsName(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetter(c) || c == '_');

    private static string Short(string text)
    {
        var name = text.ToUpperInvariant();
        return name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
    }
}
