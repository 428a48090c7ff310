using Aios.Jobs.Formats;

namespace Aios.Models.Configuration;

/// <summary>A list of names of models.</summary>
internal sealed class NamesFormat : ListFormat<string>
{
    /// <inheritdoc/>
    public override string Kind => "list of models";

    /// <inheritdoc/>
    public override string Expected => "a list of models such as [small, large]";

    /// <inheritdoc/>
    protected override string ExpectedItem => "the name of a model";

    /// <inheritdoc/>
    protected override string ItemPattern => ".";

    /// <inheritdoc/>
    protected override string? Parse(string text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
