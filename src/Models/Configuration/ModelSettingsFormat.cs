using System.Collections.Immutable;
using Aios.Jobs;
using Aios.Jobs.Formats;

namespace Aios.Models.Configuration;

/// <summary>models.yaml as a whole.</summary>
internal sealed class ModelSettingsFormat()
    : MapFormat<ModelSettings>(ModelSettings.Empty, Entries, "key", "{providers: ..., models: ..., routes: ...}")
{
    private static readonly ImmutableArray<MapEntry<ModelSettings>> Entries =
    [
        new MapObject<ModelSettings, ImmutableSortedDictionary<string, ModelProvider>>(
            "providers",
            new NamedFormat<ModelProvider>(
                new ProviderFormat(),
                (provider, name) => provider with { Name = name },
                "{local: {kind: openai, url: \"http://127.0.0.1:11434/v1\"}}"
            ),
            settings => settings.Providers,
            (settings, value) => settings with { Providers = value }
        )
        {
            Description = "The services that answer.",
        },
        new MapObject<ModelSettings, ImmutableSortedDictionary<string, LanguageModel>>(
            "models",
            new NamedFormat<LanguageModel>(
                new ModelFormat(),
                (model, name) => model with { Name = name },
                "{small: {provider: local, price: free}}"
            ),
            settings => settings.Models,
            (settings, value) => settings with { Models = value }
        )
        {
            Description = "The models that they offer.",
        },
        new MapObject<ModelSettings, ImmutableSortedDictionary<string, ModelRoute>>(
            "routes",
            new NamedFormat<ModelRoute>(new RouteFormat(), (route, name) => route with { Name = name }, "{default: [small, large]}"),
            settings => settings.Routes,
            (settings, value) => settings with { Routes = value }
        )
        {
            Description = "The names that requests use.",
        },
        new MapObject<ModelSettings, ImmutableSortedDictionary<string, Budget>>(
            "budgets",
            new NamedFormat<Budget>(new BudgetFormat(), (budget, name) => budget with { Name = name }, "{all: {limit: 20.00, per: 1mo}}"),
            settings => settings.Budgets,
            (settings, value) => settings with { Budgets = value }
        )
        {
            Description = "The most that calls can cost.",
        },
        new MapEntry<ModelSettings, ModelPrivacy>(
            "privacy",
            ModelPrivacyFormat.Instance,
            settings => settings.Privacy,
            (settings, value) => settings with { Privacy = value }
        )
        {
            Description = "Where calls may go.",
        },
        new MapEntry<ModelSettings, KeptBodies>(
            "keep_bodies",
            new ChoiceFormat<KeptBodies>(("none", KeptBodies.None), ("hash", KeptBodies.Hash), ("full", KeptBodies.Full)),
            settings => settings.KeepBodies,
            (settings, value) => settings with { KeepBodies = value }
        )
        {
            Description = "What is kept of requests and answers.",
        },
    ];
}
