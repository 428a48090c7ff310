using Aios.Expressions;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>Finds references in what a list says.</summary>
internal static class StepReferences
{
    /// <summary>Whether a text may have references.</summary>
    public static bool MayBeIn(string text) => text.Contains("${", StringComparison.Ordinal);

    /// <summary>Whether any text in it has references.</summary>
    public static bool AreIn(YamlNode node, bool isShell = false) =>
        node switch
        {
            YamlScalar scalar => StepReferences.MayBeIn(scalar.Text) && (!isShell || HasOwn(scalar.Text)),
            YamlList list => list.Items.Any(item => AreIn(item, isShell)),
            YamlMap map => map.Entries.Any(entry => AreIn(entry.Value, isShell)),
            _ => false,
        };

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
