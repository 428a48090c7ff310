using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Models.Configuration;

/// <summary>One of <c>routes</c>; a list of models alone is its short form.</summary>
internal sealed class RouteFormat()
    : MapFormat<ModelRoute>(ModelRoute.Blank, Entries, "field", "{models: [small, large], strategy: cheapest}")
{
    private static readonly NamesFormat Names = new();

    private static readonly ImmutableArray<MapEntry<ModelRoute>> Entries =
    [
        new MapEntry<ModelRoute, ImmutableArray<string>>(
            "models",
            Names,
            route => route.Models,
            (route, value) => route with { Models = value }
        )
        {
            Description = "What can answer, in order.",
        },
        new MapEntry<ModelRoute, RouteStrategy>(
            "strategy",
            new ChoiceFormat<RouteStrategy>(
                ("order", RouteStrategy.Order),
                ("cheapest", RouteStrategy.Cheapest),
                ("fastest", RouteStrategy.Fastest),
                ("best", RouteStrategy.Best),
                ("balanced", RouteStrategy.Balanced)
            ),
            route => route.Strategy,
            (route, value) => route with { Strategy = value }
        )
        {
            Description = "Which model is called first.",
        },
        new MapEntry<ModelRoute, FailureKind>(
            "fallback_on",
            new WordsFormat<FailureKind>((left, right) => left | right, "[rate_limit, server_error]", FailureWords.All),
            route => route.FallbackOn,
            (route, value) => route with { FallbackOn = value }
        )
        {
            Description = "For which failures the next model is tried.",
        },
        new MapEntry<ModelRoute, int>(
            "retries",
            new IntegerFormat(0, 10),
            route => route.Retries,
            (route, value) => route with { Retries = value }
        )
        {
            Description = "How many times more all models are tried.",
        },
        new MapEntry<ModelRoute, decimal>(
            "max_price",
            new NumberFormat(0, 1_000_000),
            route => route.MaxPrice,
            (route, value) => route with { MaxPrice = value }
        )
        {
            Description = "Models with a higher output price are left out.",
        },
        new MapEntry<ModelRoute, TimeSpan>(
            "hedge",
            new DurationFormat(TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1)),
            route => route.Hedge,
            (route, value) => route with { Hedge = value }
        )
        {
            Description = "After how long without any content the next model is asked as well.",
        },
        new MapEntry<ModelRoute, TimeSpan>(
            "latency_target",
            new DurationFormat(TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1)),
            route => route.LatencyTarget,
            (route, value) => route with { LatencyTarget = value }
        )
        {
            Description = "Models whose answers begin later are tried last.",
        },
        new MapEntry<ModelRoute, ModelPrivacy>(
            "privacy",
            ModelPrivacyFormat.Instance,
            route => route.Privacy,
            (route, value) => route with { Privacy = value }
        )
        {
            Description = "Where its calls may go.",
        },
    ];

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ModelRoute value)
    {
        if (node is YamlList)
        {
            value = ModelRoute.Blank;
            if (!Names.TryRead(node, report, out var names))
                return false;
            value = value with { Models = names };
        }
        else if (!base.TryRead(node, report, out value))
        {
            return false;
        }

        if (value.Models.IsDefaultOrEmpty)
            return report.Error(node, "has no models; expected a list such as [small, large]");
        return value.Hedge is null
            || value.Models.Length > 1
            || report.Error(node, "hedges, but has no other model to ask; expected two models or more, or no \"hedge\"");
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        Names.WriteSchema(json);
        json.WriteEndObject();
        json.WriteStartObject();
        base.WriteSchema(json);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
