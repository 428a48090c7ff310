using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;
using Aios.Platform;

namespace Aios.Models.Configuration;

/// <summary>One of <c>budgets</c>.</summary>
internal sealed class BudgetFormat() : MapFormat<Budget>(Budget.Blank, Entries, "field", "{limit: 20.00, per: 1mo}")
{
    private static readonly ImmutableArray<MapEntry<Budget>> Entries =
    [
        new MapEntry<Budget, decimal>(
            "limit",
            new NumberFormat(0, 1_000_000_000),
            budget => budget.Limit,
            (budget, value) => budget with { Limit = value }
        )
        {
            Description = "US dollars.",
        },
        new MapEntry<Budget, BudgetPeriod>(
            "per",
            new ChoiceFormat<BudgetPeriod>(
                ("1h", BudgetPeriod.Hour),
                ("1d", BudgetPeriod.Day),
                ("1mo", BudgetPeriod.Month),
                ("run", BudgetPeriod.Run),
                ("flow", BudgetPeriod.Flow),
                ("call", BudgetPeriod.Call)
            ),
            budget => budget.Per,
            (budget, value) => budget with { Per = value }
        )
        {
            Description = "For how long the limit is.",
        },
        new MapObject<Budget, BudgetScope>("of", new ScopeFormat(), budget => budget.Of, (budget, value) => budget with { Of = value })
        {
            Description = "What is limited: all, or each job, tag, key, route or provider; job:NAME for one.",
        },
        new MapEntry<Budget, ExcessAction>(
            "on_excess",
            new ChoiceFormat<ExcessAction>(
                ("reject", ExcessAction.Reject),
                ("downgrade", ExcessAction.Downgrade),
                ("ask", ExcessAction.Ask)
            ),
            budget => budget.OnExcess,
            (budget, value) => budget with { OnExcess = value }
        )
        {
            Description = "What happens to a call for which there is no room.",
        },
    ];

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out Budget value)
    {
        if (!base.TryRead(node, report, out value))
            return false;
        if (value.Limit is null)
            return report.Error(node, "has no limit; expected US dollars such as \"limit: 20.00\"");
        if (value.Per is null)
            return report.Error(node, "has no period; expected one of 1h, 1d, 1mo, run, flow, call as \"per\"");
        return value is not { Per: BudgetPeriod.Call, OnExcess: ExcessAction.Ask }
            || report.Error(
                node,
                "asks about each call, which is refused before anybody can answer; expected another period, or \"on_excess: reject\""
            );
    }

    /// <summary>What a budget limits.</summary>
    private sealed class ScopeFormat : FieldFormat<BudgetScope>
    {
        /// <inheritdoc/>
        public override string Kind => "string";

        /// <inheritdoc/>
        public override string Expected => $"one of {string.Join(", ", BudgetScope.Kinds)}, or one of them such as job:report";

        /// <inheritdoc/>
        public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out BudgetScope value)
        {
            value = null;
            if (node is not YamlScalar scalar)
                return Fail(node, report, out value);
            var colon = scalar.Text.IndexOf(':', StringComparison.Ordinal);
            var kind = (colon < 0 ? scalar.Text : scalar.Text[..colon]).Trim();
            var only = colon < 0 ? null : scalar.Text[(colon + 1)..].Trim();
            if (!BudgetScope.Kinds.Contains(kind))
                return report.Unexpected(node, Expected, NearestName.Several(kind, BudgetScope.Kinds, 1));
            if (only is { Length: 0 } || (only is not null && kind == BudgetScope.All.Kind))
                return Fail(node, report, out value);
            value = new BudgetScope(kind, only);
            return true;
        }

        /// <inheritdoc/>
        public override void WriteSchema(Utf8JsonWriter json)
        {
            json.WriteString("type", "string");
            json.WriteString("pattern", "^(all|(job|tag|key|route|provider)(:.+)?)$");
        }

        /// <inheritdoc/>
        public override void WriteValue(Utf8JsonWriter json, BudgetScope value) => json.WriteStringValue(value.ToString());
    }
}
