using System.Collections.Immutable;
using Aios.Jobs;

namespace Aios.Models.Configuration;

/// <summary>What models.yaml says. Names of providers and models in it are there.</summary>
internal sealed record ModelSettings
{
    /// <summary>A home without such a file.</summary>
    public static readonly ModelSettings Empty = new();

    /// <summary>By name.</summary>
    public ImmutableSortedDictionary<string, ModelProvider> Providers { get; init; } = Named<ModelProvider>();

    /// <summary>By name.</summary>
    public ImmutableSortedDictionary<string, LanguageModel> Models { get; init; } = Named<LanguageModel>();

    /// <summary>By name.</summary>
    public ImmutableSortedDictionary<string, ModelRoute> Routes { get; init; } = Named<ModelRoute>();

    /// <summary>In the order of their names.</summary>
    public ImmutableSortedDictionary<string, Budget> Budgets { get; init; } = Named<Budget>();

    /// <summary>Where calls may go.</summary>
    public ModelPrivacy Privacy { get; init; }

    /// <summary>What is kept of requests and answers.</summary>
    public KeptBodies KeepBodies { get; init; }

    /// <summary>The route of that name, or one of a model alone; null if there is neither.</summary>
    public ModelRoute? RouteTo(string name) =>
        Routes.GetValueOrDefault(name) ?? (Models.ContainsKey(name) ? new ModelRoute { Name = name, Models = [name] } : null);

    private static ImmutableSortedDictionary<string, T> Named<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
}
