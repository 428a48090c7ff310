using Aios.Expressions;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>Finds references in what a list says.</summary>
internal static class StepReferences
{
    /// <summary>Whether a text may have references.</summary>
    public static bool MayBeIn(string text) => text.Contains("${", StringComparison.Ordinal);

    /// <summary>The texts in it that may have references, at any depth.</summary>
    public static IEnumerable<YamlScalar> TextsIn(YamlNode node) =>
        node switch
        {
            YamlScalar scalar => MayBeIn(scalar.Text) ? [scalar] : [],
            YamlList list => list.Items.SelectMany(TextsIn),
            YamlMap map => map.Entries.SelectMany(entry => TextsIn(entry.Value)),
            _ => [],
        };

    /// <summary>Whether any text in it has references.</summary>
    public static bool AreIn(YamlNode node, bool isShell = false) => TextsIn(node).Any(scalar => !isShell || HasOwn(scalar.Text));

    // A shell has variables of its own.
    private static bool HasOwn(string text)
    {
        try
        {
            return Template.Parse(text, TemplateKind.Shell).HasReferences;
        }
        catch (ExpressionException)
        {
            return true;
        }
    }
}
