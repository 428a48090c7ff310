using Aios.Daemon.History;
using Aios.Models.Configuration;

namespace Aios.Tests.Daemon;

/// <summary>What the audit says of a changed models.yaml.</summary>
public class SettingsDifferenceTests
{
    private const string Providers = "providers: {a: {kind: openai, headers: {x-team: secret-one}}}\n";

    [Fact]
    public void A_first_version_is_all_new()
    {
        var difference = Between(null, "models: {small: {provider: a, price: free}}\n" + Providers);
        Assert.Equal("2 new, 0 changed, 0 removed", difference.Words);
        Assert.Null(difference.BeforeJson);
        Assert.Contains("\"small\":{\"provider\":\"a\"", difference.AfterJson, StringComparison.Ordinal);
        Assert.True(Between(null, "").IsEmpty);
    }

    [Fact]
    public void Only_the_fields_that_differ_are_in_it()
    {
        var difference = Between(
            "budgets: {all: {limit: 20, per: 1mo}, old: {limit: 1, per: 1d}}",
            "budgets: {all: {limit: 25, per: 1mo}}\nprivacy: local-only"
        );
        Assert.Equal("0 new, 2 changed, 1 removed", difference.Words);
        Assert.Equal(
            """{"budgets":{"all":{"limit":20},"old":{"limit":1,"per":"1d","of":"all","on_excess":"reject"}},"privacy":"allow-api"}""",
            difference.BeforeJson
        );
        Assert.Equal("""{"budgets":{"all":{"limit":25}},"privacy":"local-only"}""", difference.AfterJson);
    }

    [Fact]
    public void Comments_and_forms_are_no_difference()
    {
        const string models = "models: {small: {provider: a, price: free}}\n";
        Assert.True(
            Between($"{Providers}{models}routes: {{r: [small]}}", $"# words\n{Providers}{models}routes: {{r: {{models: [small]}}}}").IsEmpty
        );
    }

    [Fact]
    public void A_header_is_known_to_have_changed_and_its_value_is_nowhere()
    {
        var before = Snapshot(Providers);
        Assert.DoesNotContain("secret-one", before, StringComparison.Ordinal);
        var difference = Between(Providers, Providers.Replace("secret-one", "secret-two", StringComparison.Ordinal));
        Assert.Equal("""{"providers":{"a":{"headers":"***"}}}""", difference.BeforeJson);
        Assert.Equal(difference.BeforeJson, difference.AfterJson);
        Assert.NotEqual(before, ModelSettingsSnapshot.Of(Settings(Providers), "another database"));
    }

    private static SettingsDifference Between(string? before, string after) =>
        SettingsDifference.Of(before is null ? null : Snapshot(before), Snapshot(after));

    private static string Snapshot(string text) => ModelSettingsSnapshot.Of(Settings(text), "database");

    private static ModelSettings Settings(string text)
    {
        var (settings, errors) = ModelSettingsLoader.Read(text);
        Assert.Empty(errors);
        return settings!;
    }
}
