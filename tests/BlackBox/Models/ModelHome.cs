using System.Globalization;
using System.Text;

namespace Aios.Tests.BlackBox;

/// <summary>A home whose models.yaml has the fake providers in each format, and a daemon on it.</summary>
internal sealed class ModelHome : IDisposable
{
    /// <summary>An operator's key.</summary>
    public const string Key = "a-key-that-is-long-for-an-operator";

    /// <summary>The kinds of providers.</summary>
    public static readonly string[] Kinds = ["openai", "azure", "anthropic", "gemini"];

    private readonly StringBuilder _models = new();
    private readonly StringBuilder _routes = new();
    private readonly StringBuilder _budgets = new();
    private GatewayClient? _client;

    /// <summary>A home on these providers.</summary>
    public ModelHome(FakeProviders providers, string jobs = "[]")
    {
        Providers = providers;
        Home = new AiosHome(jobs);
    }

    /// <summary>Variables of the daemon, besides those that all have.</summary>
    public (string Name, string Value)[] Variables { get; init; } = [];

    /// <summary>What the daemon is told on its command line besides.</summary>
    public string[] Arguments { get; init; } = [];

    /// <summary>The home itself.</summary>
    public AiosHome Home { get; }

    /// <summary>Who answers.</summary>
    public FakeProviders Providers { get; }

    /// <summary>The daemon that was started last.</summary>
    public AiosProcess Daemon { get; private set; } = null!;

    /// <summary>A client of it.</summary>
    public GatewayClient Client => _client!;

    /// <summary>What models.yaml has besides.</summary>
    public string Rest { get; init; } = "";

    /// <summary>Adds a model; the price is in the form of models.yaml.</summary>
    public void AddModel(string name, string kind, string nameThere, string price = "free") =>
        _models.AppendLine(CultureInfo.InvariantCulture, $"  {name}: {{provider: {kind}, name: \"{nameThere}\", price: {price}}}");

    /// <summary>Adds a route, in the short form or with fields.</summary>
    public void AddRoute(string name, string route) => _routes.AppendLine(CultureInfo.InvariantCulture, $"  {name}: {route}");

    /// <summary>Adds a budget.</summary>
    public void AddBudget(string name, string budget) => _budgets.AppendLine(CultureInfo.InvariantCulture, $"  {name}: {budget}");

    /// <summary>Writes models.yaml and starts a daemon that serves its API at any port.</summary>
    public void Start(string timeout = "30s")
    {
        File.WriteAllText(Home.In("models.yaml"), Yaml(timeout));
        Restart();
    }

    /// <summary>Starts another daemon, after the end of the former.</summary>
    public void Restart()
    {
        _client?.Dispose();
        Daemon = Home.Start(
            [("AIOS_API_KEYS", $"{Key}:operator"), ("AIOS_RATE_LIMIT", "1000000"), ("FAKE_KEY", "a-key-of-the-provider"), .. Variables],
            ["--listen", "127.0.0.1:0", .. Arguments]
        );
        using var api = ApiClient.Of(Daemon);
        _client = new GatewayClient(api.Address);
    }

    /// <summary>The rows of a model's calls, once there are so many: outcome, cost, who counted the tokens.</summary>
    public List<CallRow> Calls(string model, int count)
    {
        Home.WaitFor(
            () => Home.Get<int>("SELECT count(*) FROM calls WHERE model = @1", model) >= count,
            $"{model} has {count} rows in calls",
            10
        );
        return CallRow.Read(Home, model);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _client?.Dispose();
        Home.Dispose();
    }

    private string Yaml(string timeout)
    {
        var at = Providers.Address;
        var rest = $"key: \"env:FAKE_KEY\", timeout: {timeout}";
        var providers = string.Concat(
            Kinds.Select(kind => $"  {kind}: {{kind: {kind}, url: \"{at}{(kind == "openai" ? "/v1" : "")}\", {rest}}}\n")
        );
        return $"providers:\n{providers}models:\n{_models}{Section("routes", _routes)}{Section("budgets", _budgets)}{Rest}";
    }

    private static string Section(string name, StringBuilder entries) => entries.Length == 0 ? "" : $"{name}:\n{entries}";
}
