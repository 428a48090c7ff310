using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>Names of roles, keys and users: one, or a list.</summary>
internal sealed class PeopleFormat : ListFormat<string>
{
    private static readonly string[] Roles = ["admin", "operator", "approver"];

    /// <inheritdoc/>
    public override string Kind => "list of roles, keys and users";

    /// <inheritdoc/>
    public override string Expected => "a list of roles, names of keys and users such as [approver, anna]";

    /// <inheritdoc/>
    protected override string ExpectedItem => "the name of a role, a key or a user";

    /// <inheritdoc/>
    protected override string ItemPattern => "\\S";

    /// <summary>Whether a name is that of a role, which several people can have.</summary>
    public static bool IsRole(string name) => Roles.Contains(name);

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableArray<string> value)
    {
        if (node is not YamlScalar { IsNull: false } one)
            return base.TryRead(node, report, out value);
        value = [one.Text];
        return true;
    }

    /// <inheritdoc/>
    protected override string? Parse(string text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
