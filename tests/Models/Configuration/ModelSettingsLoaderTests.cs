using Aios.Jobs;
using Aios.Models.Configuration;

namespace Aios.Tests.Models.Configuration;

/// <summary>What models.yaml says, and what is wrong with it.</summary>
public sealed class ModelSettingsLoaderTests
{
    private const string Good = """
        providers:
          local: {kind: openai, url: "http://127.0.0.1:11434/v1"}
          far: {kind: anthropic, key: "env:KEY", timeout: 30s, headers: {X-Team: shop}}
        models:
          small: {provider: local, name: "llama3.2:3b", price: free, can: [tools, json]}
          large: {provider: far, price: {input: 3, output: 15, cached_input: 0.30}, max_output: 8000}
        routes:
          default: [small, large]
          quick: {models: [large, small], hedge: 2s, latency_target: 1500ms}
          planner: {models: [large], strategy: best, fallback_on: [rate_limit, server_error], privacy: allow-api}
        budgets:
          all: {limit: 20.00, per: 1mo}
          report: {limit: 1, per: 1d, of: "job:report", on_excess: downgrade}
        privacy: hybrid
        keep_bodies: hash
        """;

    [Fact]
    public void A_whole_file_is_read()
    {
        var settings = Read(Good);
        Assert.True(settings.Providers["local"].IsLocal);
        Assert.False(settings.Providers["far"].IsLocal);
        Assert.Equal("https://api.anthropic.com/", settings.Providers["far"].Address.AbsoluteUri);
        Assert.Equal("llama3.2:3b", settings.Models["small"].Id);
        Assert.Equal("large", settings.Models["large"].Id);
        Assert.Equal(ModelPrice.Free, settings.Models["small"].Price);
        Assert.Equal(0.30m, settings.Models["large"].Price!.CachedInput);
        Assert.Equal(ModelAbilities.Tools | ModelAbilities.Json, settings.Models["small"].Can);
        Assert.Equal(["small", "large"], settings.Routes["default"].Models);
        Assert.Equal(FailureKind.RateLimit | FailureKind.ServerError, settings.Routes["planner"].FallbackOn);
        Assert.Equal(TimeSpan.FromSeconds(2), settings.Routes["quick"].Hedge);
        Assert.Equal(TimeSpan.FromMilliseconds(1500), settings.Routes["quick"].LatencyTarget);
        Assert.Equal(new BudgetScope("job", "report"), settings.Budgets["report"].Of);
        Assert.Equal(ModelPrivacy.Hybrid, settings.Privacy);
        Assert.Equal(KeptBodies.Hash, settings.KeepBodies);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    public void A_file_may_say_nothing(string text) => Assert.Equal(ModelSettings.Empty, Read(text));

    [Fact]
    public void A_request_names_a_route_or_a_model()
    {
        var settings = Read(Good);
        Assert.Equal("default", settings.RouteTo("default")!.Name);
        Assert.Equal(["large"], settings.RouteTo("large")!.Models);
        Assert.Null(settings.RouteTo("other"));
    }

    [Theory]
    [InlineData("providers: {a: {url: \"http://x/v1\"}}", "models.yaml:1:16: field \"providers.a\": has no kind")]
    [InlineData(
        "providers: {a: {kind: opanai}}",
        "found \"opanai\", expected one of openai, azure, anthropic, gemini. Did you mean \"openai\"?"
    )]
    [InlineData("providers: {a: {kind: azure}}", "has no url")]
    [InlineData("providers: {a: {kind: openai, key: sk-123}}", "found \"sk-123\", expected where the key is: env:NAME or file:PATH.")]
    [InlineData("providers: {a: {kind: openai, url: \"ftp://x\"}}", "expected a URL such as")]
    [InlineData("models: {m: {price: free}}", "has no provider")]
    [InlineData("models: {m: {provider: nobody, price: free}}", "field \"models.m\": there is no provider \"nobody\"")]
    [InlineData("providers: {a: {kind: openai}}\nmodels: {m: {provider: a, price: cheap}}", "expected a map such as")]
    [InlineData("providers: {a: {kind: openai}}\nmodels: {m: {provider: a, price: {input: -1}}}", "expected a number from 0")]
    [InlineData(
        "providers: {a: {kind: openai}}\nmodels: {small: {provider: a}}\nroutes: {r: [smal]}",
        "there is no model \"smal\". Did you mean \"small\"?"
    )]
    [InlineData("providers: {a: {kind: openai}}\nmodels: {m: {provider: a}}\nroutes: {m: [m]}", "a model has this name, too")]
    [InlineData("routes: {r: []}", "has no models")]
    [InlineData(
        "providers: {a: {kind: openai}}\nmodels: {m: {provider: a}}\nroutes: {r: {models: [m], hedge: 2s}}",
        "models.yaml:3:13: field \"routes.r\": hedges, but has no other model to ask"
    )]
    [InlineData("routes: {r: {models: [m], hedge: soon}}", "models.yaml:1:34: field \"routes.r.hedge\": found \"soon\"")]
    [InlineData("routes: {r: {models: [m], latency_targt: 3s}}", "Did you mean \"latency_target\"?")]
    [InlineData("budgets: {b: {per: 1d}}", "has no limit")]
    [InlineData("budgets: {b: {limit: 1}}", "has no period")]
    [InlineData("budgets: {b: {limit: 1, per: call, on_excess: ask}}", "asks about each call")]
    [InlineData("budgets: {b: {limit: 1, per: 1d, on_excess: aks}}", "expected one of reject, downgrade, ask. Did you mean \"ask\"?")]
    [InlineData("budgets: {b: {limit: 1, per: 1d, of: jobs}}", "Did you mean \"job\"?")]
    [InlineData("provider: {}", "unknown key \"provider\". Did you mean \"providers\"?")]
    [InlineData("- a", "expected a map with \"providers\"")]
    [InlineData("a: [", "models.yaml:1")]
    public void A_mistake_is_told_with_its_place(string text, string expected)
    {
        var (settings, errors) = ModelSettingsLoader.Read(text);
        Assert.Null(settings);
        Assert.Contains(errors, error => error.ToText().Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://localhost:1/v1", true)]
    [InlineData("http://127.8.8.8/v1", true)]
    [InlineData("http://[::1]/v1", true)]
    [InlineData("http://10.1.2.3", true)]
    [InlineData("http://172.31.0.1", true)]
    [InlineData("http://172.32.0.1", false)]
    [InlineData("http://192.168.1.2:8000", true)]
    [InlineData("http://[fd00::1]", true)]
    [InlineData("http://[2001:db8::1]", false)]
    [InlineData("http://8.8.8.8", false)]
    [InlineData("https://api.openai.com/v1", false)]
    [InlineData("http://localhost.example.org", false)]
    [InlineData("http://10.example.org", false)]
    public void Whether_a_provider_is_local_is_told_by_its_address(string url, bool isLocal) =>
        Assert.Equal(isLocal, Read($"providers: {{a: {{kind: openai, url: \"{url}\"}}}}").Providers["a"].IsLocal);

    private static ModelSettings Read(string text)
    {
        var (settings, errors) = ModelSettingsLoader.Read(text);
        Assert.Empty(errors);
        return settings!;
    }
}
