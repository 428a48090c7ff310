namespace Aios.Jobs.Formats;

/// <summary>How privacy is written, in the job list and in models.yaml.</summary>
internal static class ModelPrivacyFormat
{
    /// <summary>The format.</summary>
    public static readonly ChoiceFormat<ModelPrivacy> Instance = new(
        ("local-only", ModelPrivacy.LocalOnly),
        ("allow-api", ModelPrivacy.AllowApi),
        ("hybrid", ModelPrivacy.Hybrid)
    );
}
