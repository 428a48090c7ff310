using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>One name of a step, or a list of them.</summary>
internal sealed class StepNamesFormat : ListFormat<string>
{
    /// <inheritdoc/>
    public override string Kind => "list of names of steps";

    /// <inheritdoc/>
    public override string Expected => "a list of names of steps such as [check, fetch]";

    /// <inheritdoc/>
    protected override string ExpectedItem => "the name of a step";

    /// <inheritdoc/>
    protected override string ItemPattern => "\\S";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableArray<string> value)
    {
        if (node is not YamlScalar { IsNull: false } one)
            return base.TryRead(node, report, out value);
        value = [one.Text];
        return true;
    }

    /// <inheritdoc/>
    protected override string? Parse(string text) => text.Length > 0 ? text : null;
}
