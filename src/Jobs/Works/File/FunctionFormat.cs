using System.Diagnostics.CodeAnalysis;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Works;

/// <summary>The name of a Python function. Python allows the letters of all languages in it.</summary>
internal sealed class FunctionFormat : TextFormat
{
    /// <inheritdoc/>
    public override string Kind => "name of a function";

    /// <inheritdoc/>
    public override string Expected => "the name of a Python function such as \"main\", without brackets";

    /// <inheritdoc/>
    protected override string Pattern => "^[^\\s\\d.():-][^\\s.():-]*$";

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text;
        return text.Length > 0 && !char.IsDigit(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c == '_');
    }
}
