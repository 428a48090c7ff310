using System.Text.Json;
using Aios.Jobs;
using Aios.Models.Configuration;
using Aios.Models.Money;
using Aios.Store;
using Aios.Store.Models;
using Aios.Tests.Support;

namespace Aios.Tests.Models.Money;

/// <summary>What people see of budgets: only the current period, and only what the file still has.</summary>
public sealed class BudgetStatusTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 12, 24, 18, 30, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly IStoreConnection _connection;

    public BudgetStatusTests() => _connection = Databases.At(Path.Combine(_folder.Path, "orchestrator.db")).Connect();

    [Theory]
    [InlineData("1h", "all", "2026-12-24T18 ", "2026-12-24T18")]
    [InlineData("1d", "all", "2026-12-24 ", "2026-12-24")]
    [InlineData("1mo", "all", "2026-12 ", "2026-12")]
    [InlineData("1mo", "job", "2026-12 job report", "2026-12 job report")]
    [InlineData("1mo", "job:report", "2026-12 job report", "2026-12 job report")]
    [InlineData("run", "all", "run 7 ", "run 7")]
    [InlineData("flow", "route", "flow 7 route default", "flow 7 route default")]
    public void A_key_of_the_current_period_is_shown_with_what_is_left(string per, string of, string key, string shown)
    {
        Take("some", key, 0.75m);
        var status = Assert.Single(Of($"{{some: {{limit: 2, per: {per}, of: \"{of}\"}}}}"));
        Assert.Equal(
            new
            {
                Words = shown,
                Used = 0.75m,
                Left = 1.25m,
            },
            Shown(Assert.Single(status.Keys))
        );
    }

    [Theory]
    [InlineData("1h", "all", "2026-12-24T17 ")]
    [InlineData("1d", "job", "2026-12-23 job report")]
    [InlineData("1mo", "job", "2026-12 ")]
    [InlineData("1mo", "job", "2026-12 route report")]
    [InlineData("1mo", "job:report", "2026-12 job other")]
    [InlineData("call", "all", "call ")]
    public void What_is_of_another_period_or_thing_is_not(string per, string of, string key)
    {
        Take("some", key, 0.75m);
        var keys = Assert.Single(Of($"{{some: {{limit: 2, per: {per}, of: \"{of}\"}}}}")).Keys;
        Assert.DoesNotContain(keys, shown => shown.Used > 0);
    }

    [Fact]
    public void A_budget_that_all_share_is_there_before_it_is_used()
    {
        Assert.Equal(
            new
            {
                Words = "2026-12",
                Used = 0m,
                Left = 20m,
            },
            Shown(Assert.Single(Assert.Single(Of("{all: {limit: 20, per: 1mo}}")).Keys))
        );
        Assert.Empty(Assert.Single(Of("{each: {limit: 20, per: 1mo, of: job}}")).Keys);
    }

    [Fact]
    public void More_than_the_limit_leaves_nothing_and_its_form_has_what_the_file_says()
    {
        Take("all", "2026-12-24 ", 3m);
        var status = Assert.Single(Of("{all: {limit: 2.5, per: 1d, on_excess: downgrade}}"));
        using var json = JsonDocument.Parse(JsonText.Write(writer => writer.WriteBudget(status)));
        Assert.Equal(
            """{"name":"all","limit":2.5,"per":"1d","of":"all","on_excess":"downgrade","keys":[{"for":"2026-12-24","used":3,"spent":0,"unknown":0,"held":0,"lost":3,"left":0,"approved":0}]}""",
            json.RootElement.GetRawText()
        );
    }

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }

    private void Take(string budget, string key, decimal amount) =>
        _connection.Write(store => store.Calls.Take(budget, key, long.MaxValue, Nanodollars.Of(amount), Nanodollars.Of(amount), "a", Now));

    private IReadOnlyList<BudgetStatus> Of(string budgets)
    {
        var (settings, errors) = ModelSettingsLoader.Read($"budgets: {budgets}");
        Assert.Empty(errors);
        using var reader = Databases.At(Path.Combine(_folder.Path, "orchestrator.db")).Read()!;
        return BudgetStatus.Of(settings!, reader.Calls, Now);
    }

    private static object Shown(BudgetKeyStatus key) =>
        new
        {
            key.Words,
            key.Used,
            key.Left,
        };
}
