namespace Aios.Models.Configuration;

/// <summary>A model that a provider offers.</summary>
internal sealed record LanguageModel
{
    /// <summary>The longest answer of a model that says nothing about it, in tokens.</summary>
    public const int StandardMaxOutput = 4096;

    /// <summary>Before anything of it is read.</summary>
    public static readonly LanguageModel Blank = new();

    /// <summary>In models.yaml.</summary>
    public string Name { get; init; } = "";

    /// <summary>Who offers it; null only while it is read.</summary>
    public string? Provider { get; init; }

    /// <summary>What the provider calls it; null for the same as here.</summary>
    public string? NameThere { get; init; }

    /// <summary>The most tokens of a request with its answer; null if that is not known.</summary>
    public int? Context { get; init; }

    /// <summary>The most tokens of an answer; null for <see cref="StandardMaxOutput"/>.</summary>
    public int? MaxOutput { get; init; }

    /// <summary>What it can.</summary>
    public ModelAbilities Can { get; init; } = ModelAbilities.All;

    /// <summary>What it costs; null if that is not known, and then it is not called.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>What requests to the provider name.</summary>
    public string Id => NameThere ?? Name;
}
