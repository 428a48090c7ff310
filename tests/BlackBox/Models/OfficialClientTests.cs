using System.Diagnostics;
using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>The vendors' own clients, unchanged, with providers of each kind behind the gateway.</summary>
[Collection(Undisturbed.Name)]
public sealed class OfficialClientTests : IDisposable
{
    private const string Clients = "openai,anthropic,vercel";

    private static readonly string[] Behaviours =
    [
        "echo",
        "words-5",
        "words-50",
        "paced-50-20",
        "tool",
        "tool-2",
        "json",
        "think",
        "cached",
        "fail-400",
        "fail-429",
        "late-error",
    ];

    private readonly FakeProviders _providers = new();
    private readonly ModelHome _home;

    public OfficialClientTests()
    {
        _home = new ModelHome(
            _providers,
            $$"""
            - name: clients
              type: trigger
              command: [node, "{{Path.Combine(FakeProviders.Folder, "clients.mjs")}}", openai, --prefix, openai-, --only, stream]
              env: {AIOS_TESTS_NPM: "{{Needs.Npm}}"}
              models: true
            - name: key
              type: trigger
              command: [sh, -c, 'printf %s "$OPENAI_API_KEY"']
              models: true
            """
        );
        foreach (var kind in ModelHome.Kinds)
        foreach (var behaviour in Behaviours)
            _home.AddModel($"{kind}-{behaviour}", kind, $"{behaviour}@{kind}");
        _home.Start();
    }

    [RequiresTheory(Need.ModelClients)]
    [InlineData("openai")]
    [InlineData("azure")]
    [InlineData("anthropic")]
    [InlineData("gemini")]
    public void They_need_no_change(string kind)
    {
        var at = _home.Client.Address.ToString().TrimEnd('/');
        var start = new ProcessStartInfo("node", [Path.Combine(FakeProviders.Folder, "clients.mjs"), Clients, "--prefix", $"{kind}-"]);
        start.Environment["AIOS_TESTS_NPM"] = Needs.Npm;
        start.Environment["OPENAI_BASE_URL"] = $"{at}/v1";
        start.Environment["ANTHROPIC_BASE_URL"] = at;
        start.Environment["OPENAI_API_KEY"] = start.Environment["ANTHROPIC_API_KEY"] = ModelHome.Key;
        var result = CliResult.Of(start, TimeSpan.FromMinutes(2));
        var checks = result
            .Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();
        Assert.True(checks.Count > 40, $"{result.Out}\n{result.Error}");
        Assert.Empty(
            checks
                .Where(check => !check.GetProperty("ok").GetBoolean() && !IsNotOffered(kind, check))
                .Select(check => $"{check.GetProperty("client")} {check.GetProperty("check")}: {check.GetProperty("error")}")
        );
    }

    [RequiresFact(Need.ModelClients)]
    public void They_find_the_gateway_in_the_environment_of_a_run()
    {
        var trigger = _home.Home.Closed(_home.Home.Insert("clients"), 60);
        Assert.True(trigger.Status == "succeeded", $"{trigger}\n{_home.Home.Cli("logs", "clients").Out}");
        var run = Assert.Single(_home.Home.Runs(trigger.Id));
        _home.Home.WaitFor(
            () => _home.Home.Get<int>("SELECT count(*) FROM calls WHERE job_name = 'clients' AND run_id = @1", run.Id) >= 6,
            "the calls belong to the run",
            10
        );
    }

    [RequiresFact(Need.ModelClients)]
    public void The_key_of_a_run_ends_with_it()
    {
        var trigger = _home.Home.Closed(_home.Home.Insert("key"));
        var key = _home.Home.Cli("logs", "key").Out.Trim().Split('\n', ' ')[^1];
        Assert.True(key.Length > 10, $"{trigger}: no key in \"{key}\"");
        using var http = new HttpClient { BaseAddress = _home.Client.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        using var response = http.Send(request);
        Assert.Equal(401, (int)response.StatusCode);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _home.Dispose();
        _providers.Dispose();
    }

    /// <summary>Anthropic has no embeddings.</summary>
    private static bool IsNotOffered(string kind, JsonElement check) =>
        kind == "anthropic" && check.GetProperty("check").GetString() == "embeddings";
}
