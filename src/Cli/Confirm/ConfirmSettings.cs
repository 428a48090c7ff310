using System.Collections.Immutable;
using Aios.Control.Confirm;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;
using Aios.Platform;

namespace Aios.Cli.Confirm;

/// <summary>
/// <c>confirm:</c> in <c>aios.yaml</c>: a map of operations and who confirms each, as <c>restore: other</c> or
/// <c>restore: {by: other, expires: 10m}</c>.
/// </summary>
internal static class ConfirmSettings
{
    private const string By = "by";
    private const string Expires = "expires";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);
    private static readonly string[] Fields = [By, Expires];
    private static readonly string[] People = [.. Enum.GetValues<ConfirmBy>().Select(NameOf)];

    /// <summary>Reads it.</summary>
    /// <param name="node">The value.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="CommandLineException">It makes no sense.</exception>
    public static ConfirmRules Read(YamlNode node, string path)
    {
        if (node.IsNull)
            return ConfirmRules.Default;
        if (node is not YamlMap map)
            throw Wrong(path, node, $"confirm: found {node.Found}, expected a map of operations such as \"restore: other\"");
        var rules = ImmutableDictionary.CreateBuilder<string, ConfirmRule>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            var kind = NameIn(entry.Key, RiskyKinds.All, "confirm: unknown operation", path);
            if (!rules.TryAdd(kind, RuleOf(kind, entry.Value, path)))
                throw Wrong(path, entry.Key, $"confirm: \"{kind}\" is written twice. Remove one of them");
        }

        return new ConfirmRules(rules.ToImmutable());
    }

    private static ConfirmRule RuleOf(string kind, YamlNode node, string path)
    {
        if (node is not YamlMap map)
            return ConfirmRule.Default with { By = ByOf(kind, node, path) };
        var rule = ConfirmRule.Default;
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            var field = NameIn(entry.Key, Fields, $"confirm.{kind}: unknown field", path);
            if (!found.Add(field))
                throw Wrong(path, entry.Key, $"confirm.{kind}: \"{field}\" is written twice. Remove one of them");
            rule =
                field == By ? rule with { By = ByOf(kind, entry.Value, path) } : rule with { Expires = ExpiresOf(kind, entry.Value, path) };
        }

        return rule;
    }

    private static ConfirmBy ByOf(string kind, YamlNode node, string path)
    {
        if (node is YamlScalar scalar && Array.IndexOf(People, scalar.Text) is >= 0 and var place)
            return Enum.GetValues<ConfirmBy>()[place];
        var hint = node is YamlScalar written ? NearestName.Hint(written.Text, People) : "";
        throw Wrong(path, node, $"confirm.{kind}: found {node.Found}, expected one of: {string.Join(", ", People)}", hint);
    }

    private static TimeSpan ExpiresOf(string kind, YamlNode node, string path) =>
        node is YamlScalar scalar && Duration.TryParse(scalar.Text, out var span) && span >= TimeSpan.FromSeconds(1) && span <= Longest
            ? span
            : throw Wrong(path, node, $"confirm.{kind}.expires: found {node.Found}, expected a duration from 1s to 7d such as \"10m\"");

    private static string NameIn(YamlScalar key, IReadOnlyCollection<string> known, string problem, string path) =>
        known.Contains(key.Text)
            ? key.Text
            : throw Wrong(
                path,
                key,
                $"{problem} {YamlScalar.Quoted(key.Text)}. Known ones: {string.Join(", ", known)}",
                NearestName.Hint(key.Text, known)
            );

    private static string NameOf(ConfirmBy by) => by.ToString().ToLowerInvariant();

    private static CommandLineException Wrong(string path, YamlNode node, string problem, string hint = "") =>
        new($"{path}:{node.Line}: {problem}.{hint}");
}
