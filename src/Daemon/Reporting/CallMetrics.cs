using Aios.Models.Configuration;
using Aios.Models.Money;
using Aios.Store;
using Aios.Store.Models;
using Aios.Telemetry;

namespace Aios.Daemon.Reporting;

/// <summary>
/// What calls to language models come to. It begins at 0 when the daemon starts, and a call is counted when its row is durable: so
/// it agrees with the rows that this device has written since.
/// </summary>
internal sealed class CallMetrics(DaemonContext context, LiveModelSettings models)
{
    private const int MostSeries = 200;
    private const int MostThings = 50;

    // A scrape must not wait for long: nothing is better than nothing in time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly string[] Target = ["route", "model", "provider"];

    private readonly Counter _calls = new(
        "aios_model_calls_total",
        "Attempts of calls to language models, by outcome: ok, refused, failed, unknown.",
        [.. Target, "outcome"]
    );
    private readonly Counter _tokens = new(
        "aios_model_tokens_total",
        "Tokens of answered calls, by class: input, cached_input, cache_write, output, reasoning.",
        [.. Target, "class"]
    );
    private readonly Counter _cost = new(
        "aios_model_cost_dollars_total",
        "Cost of calls in US dollars; of those whose answers were lost, the most that they can cost.",
        Target
    );
    private readonly Histogram _firstToken = new(
        "aios_model_first_token_seconds",
        "From the request to the first piece of its answer.",
        Buckets.Answers,
        "model",
        "provider"
    );
    private readonly Histogram _duration = new(
        "aios_model_call_duration_seconds",
        "From the request to the end of its answer, or to its failure.",
        Buckets.Answers,
        "model",
        "provider"
    );
    private readonly Histogram _operations = new(
        "gen_ai.client.operation.duration",
        "GenAI operation duration.",
        Buckets.Answers,
        GenAiNames.Operation,
        GenAiNames.Provider,
        GenAiNames.RequestModel,
        GenAiNames.ErrorType
    );
    private readonly Histogram _usage = new(
        "gen_ai.client.token.usage",
        "Number of input and output tokens used.",
        Buckets.Tokens,
        GenAiNames.Operation,
        GenAiNames.Provider,
        GenAiNames.RequestModel,
        GenAiNames.TokenType
    );
    private readonly LabelLimit _targets = new(MostSeries);

    /// <summary>Counts an attempt.</summary>
    public void Record(CallRecord call)
    {
        var (route, model, provider) = (call.Route, call.Model ?? "", call.Provider ?? "");
        if (_targets.Of($"{route}\0{model}\0{provider}") == LabelLimit.Other)
            (route, model, provider) = (LabelLimit.Other, LabelLimit.Other, LabelLimit.Other);
        _calls.Add(1, route, model, provider, call.Outcome.Name());
        _cost.Add((double)call.Cost, route, model, provider);
        foreach (var (name, count) in ClassesOf(call.Tokens).Where(tokens => tokens.Count > 0))
            _tokens.Add(count, route, model, provider, name);
        if (call.FirstToken is { } first)
            _firstToken.Observe(first.TotalSeconds, model, provider);
        if (call.Duration is not { } duration)
            return;
        _duration.Observe(duration.TotalSeconds, model, provider);
        RecordConventional(call, duration, model == LabelLimit.Other);
    }

    /// <summary>How it stands, in Prometheus' names.</summary>
    public IEnumerable<MetricFamily> Collect() =>
        [_calls.Collect(), _tokens.Collect(), _cost.Collect(), _firstToken.Collect(), _duration.Collect(), .. OfBudgets()];

    /// <summary>The same in the names of OpenTelemetry's conventions.</summary>
    public IEnumerable<MetricFamily> CollectConventional() =>
        [_operations.Collect() with { Unit = "s" }, _usage.Collect() with { Unit = "{token}" }];

    private void RecordConventional(CallRecord call, TimeSpan duration, bool isOther)
    {
        var settings = models.Current;
        var operation = GenAiNames.OperationOf(call);
        var provider = isOther ? LabelLimit.Other : GenAiNames.ProviderOf(call, settings);
        var model = isOther ? LabelLimit.Other : GenAiNames.ModelOf(call, settings);
        _operations.Observe(duration.TotalSeconds, operation, provider, model, GenAiNames.ErrorOf(call) ?? "");
        if (call.Outcome != CallOutcome.Ok)
            return;
        _usage.Observe(GenAiNames.InputOf(call.Tokens), operation, provider, model, "input");
        _usage.Observe(GenAiNames.OutputOf(call.Tokens), operation, provider, model, "output");
    }

    private static IEnumerable<(string Name, long Count)> ClassesOf(CallTokens tokens) =>
        [
            ("input", tokens.Input),
            ("cached_input", tokens.CachedInput),
            ("cache_write", tokens.CacheWrite),
            ("output", tokens.Output),
            ("reasoning", tokens.Reasoning),
        ];

    private IEnumerable<MetricFamily> OfBudgets()
    {
        var settings = models.Current;
        if (settings.Budgets.IsEmpty)
            return [];
        try
        {
            using var reader = context.Settings.Database.Read(Patience);
            return reader is null ? [] : OfBudgets(BudgetStatus.Of(settings, reader.Calls, context.Now));
        }
        catch (StoreException)
        {
            return [];
        }
    }

    // Runs, flows and calls would make a series each.
    private static IEnumerable<MetricFamily> OfBudgets(IReadOnlyList<BudgetStatus> budgets) =>
        [
            MetricFamily.Gauge(
                "aios_budget_limit_dollars",
                "Limit of each budget of models.yaml, in US dollars.",
                "budget",
                budgets.Select(status => (status.Budget.Name, (double)status.Budget.Limit!.Value))
            ),
            new(
                "aios_budget_used_dollars",
                "What each budget has given out in its current hour, day or month, in US dollars, by the thing that it limits.",
                MetricKind.Gauge,
                ["budget", "thing"],
                [
                    .. from status in budgets
                    where status.Budget.Per is BudgetPeriod.Hour or BudgetPeriod.Day or BudgetPeriod.Month
                    from key in status.Keys.OrderByDescending(key => key.Used).Take(MostThings)
                    select new MetricSample([status.Budget.Name, key.Thing], (double)key.Used),
                ]
            ),
        ];
}
