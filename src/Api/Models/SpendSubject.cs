using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Api.Subjects;
using Aios.Control;
using Aios.Models.Configuration;
using Aios.Models.Money;
using Aios.Store.Models;

namespace Aios.Api.Models;

/// <summary>What calls to language models have cost, and how much of the budgets is left.</summary>
internal sealed class SpendSubject(ApiServices services)
{
    private const string OfJob = "job ";

    private static readonly WholeShape Count = new();
    private static readonly NumberShape Dollars = new() { About = "US dollars" };

    private static readonly TextShape Group = new()
    {
        Choices = [.. Enum.GetValues<CallGroup>().Select(group => group.ToString().ToLowerInvariant())],
        About = "By what the cost is added up (default: model)",
    };

    private static readonly ObjectShape Total = new(
        "SpendTotal",
        [
            new("name", ApiShapes.Text with { About = "The job, model, day (UTC), route or provider; empty for none" }),
            new("calls", Count with { About = "Attempts that were sent" }),
            new("input_tokens", Count),
            new("output_tokens", Count),
            new("cost", Dollars),
            new(
                "unknown_cost",
                Dollars with
                {
                    About = "The part of it whose answers were lost and that nobody has reconciled, US dollars",
                }
            ),
        ]
    );

    private static readonly ObjectShape Budgeted = new(
        "BudgetStatus",
        [
            new("name", ApiShapes.Text),
            new("limit", Dollars),
            new("per", ApiShapes.Text with { About = "As in models.yaml: `1mo`, `run`" }),
            new("of", ApiShapes.Text with { About = "What is limited: `all`, `job`, `job:report`" }),
            new("on_excess", ApiShapes.Text),
            new(
                "keys",
                new ListShape(
                    new ObjectShape(
                        "BudgetKey",
                        [
                            new("for", ApiShapes.Text with { About = "The period and the thing: `2026-12 job report`" }),
                            new("used", Dollars with { About = "What was given out to calls, US dollars" }),
                            new("spent", Dollars with { About = "The part of it that calls have cost, as far as it is known" }),
                            new("unknown", Dollars with { About = "The part that calls count whose answers were lost" }),
                            new("held", Dollars with { About = "The part that running daemons hold for calls" }),
                            new("lost", Dollars with { About = "The part that daemons held which were killed" }),
                            new("left", Dollars with { About = "What can still be given out, US dollars" }),
                            new("approved", Dollars with { About = "What people have allowed beyond the limit, US dollars" }),
                        ]
                    )
                )
                {
                    About = "Of the current period, the latest used first, at most 100",
                }
            ),
        ]
    );

    /// <summary>What can be asked for.</summary>
    public IEnumerable<Route> Routes =>
        [
            new Route
            {
                Method = "GET",
                Path = new($"{ApiRoutes.Base}/spend"),
                Role = Role.Viewer,
                Id = "spend",
                Summary = "What calls to language models have cost",
                Query =
                [
                    new("by", Group),
                    new("job", ApiShapes.Text with { About = "Only calls of this job" }),
                    new("run", new WholeShape(1) { About = "Only calls of this run" }),
                    new("flow", new WholeShape(1) { About = "Only calls of this flow" }),
                    new("since", ApiShapes.Instant with { About = "Only calls that began then or later" }),
                    new("until", ApiShapes.Instant with { About = "Only calls that began before" }),
                ],
                Answer = new(ApiShapes.ListOf(Total)),
                Handle = Spend,
            },
            new Route
            {
                Method = "GET",
                Path = new($"{ApiRoutes.Base}/budgets"),
                Role = Role.Viewer,
                Id = "listBudgets",
                Summary = "The budgets of models.yaml, and how much of them is used",
                Answer = new(ApiShapes.ListOf(Budgeted)),
                Handle = Budgets,
            },
        ];

    private async Task<Reply> Spend(ApiRequest request)
    {
        var group = Enum.Parse<CallGroup>(request.Text("by") ?? nameof(CallGroup.Model), ignoreCase: true);
        var calls = new CallFilter { RunId = request.Whole("run"), FlowId = request.Whole("flow") };
        var totals = await services
            .Read(reader => reader.Calls.Totals(group, request.Filter(withStatus: false), calls))
            .ConfigureAwait(false);
        return Paging.All(totals, (json, total) => json.WriteTotal(total));
    }

    private async Task<Reply> Budgets(ApiRequest request)
    {
        var settings = services.Daemon.Models.Current;
        var budgets = await services.Read(reader => BudgetStatus.Of(settings, reader.Calls, services.Now)).ConfigureAwait(false);
        return Paging.All(
            request.Principal.IsLimited ? budgets.Select(budget => For(request.Principal, budget)).OfType<BudgetStatus>() : budgets,
            (json, budget) => json.WriteBudget(budget)
        );
    }

    // Of what all share, or others use, a key for some jobs sees nothing.
    private static BudgetStatus? For(Principal principal, BudgetStatus status)
    {
        if (status.Budget.Of is not { Kind: "job" } scope || (scope.Only is { } only && !principal.Jobs.Match(only)))
            return null;
        return status with { Keys = [.. status.Keys.Where(key => principal.Jobs.Match(key.Thing[OfJob.Length..]))] };
    }
}
