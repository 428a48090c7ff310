using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Aios.Tests.Docs;

namespace Aios.Tests.BlackBox;

/// <summary>The providers of <c>tests/Models/fake_models.mjs</c>, which speak the wire formats of the vendors and keep a bill.</summary>
internal sealed class FakeProviders : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly string? _prices;

    /// <summary>Starts them; the prices are of models by the name at the provider, in the fields of models.yaml.</summary>
    public FakeProviders(string? prices = null)
    {
        string[] priced = [];
        if (prices is not null)
        {
            _prices = Path.GetTempFileName();
            File.WriteAllText(_prices, prices);
            priced = ["--prices", _prices];
        }

        _process = Process.Start(
            new ProcessStartInfo("node", [Path.Combine(Folder, "fake_models.mjs"), .. priced])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        Address = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("fake_models.mjs has ended at once");
    }

    /// <summary>Where the fake and the clients are.</summary>
    public static string Folder { get; } = Path.Combine(Documents.Root, "tests", "Models");

    /// <summary>Without a slash at the end.</summary>
    public string Address { get; }

    /// <summary>What all calls cost so far, in dollars.</summary>
    public decimal Cost => CostOf(Bill());

    /// <summary>How many calls were charged so far.</summary>
    public int Calls => Bill().GetProperty("calls").GetInt32();

    /// <summary>Those of a model, by its name at the provider.</summary>
    public decimal CostOf(string model) => Bill().GetProperty("models").TryGetProperty(model, out var row) ? CostOf(row) : 0;

    /// <summary>The calls of each model, with tokens of all classes.</summary>
    public JsonElement Bill() => Get("/bill");

    /// <summary>The requests for a model, by its name at the provider, among the last thousand.</summary>
    public JsonElement RequestsFor(string model) => Get($"/requests?model={Uri.EscapeDataString(model)}");

    /// <inheritdoc />
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
            _process.Kill();
        _process.Dispose();
        _http.Dispose();
        if (_prices is not null)
            File.Delete(_prices);
    }

    private static decimal CostOf(JsonElement row) => decimal.Parse(row.GetProperty("cost").GetString()!, CultureInfo.InvariantCulture);

    private JsonElement Get(string path)
    {
        using var response = _http.Send(new HttpRequestMessage(HttpMethod.Get, Address + path));
        using var document = JsonDocument.Parse(response.Content.ReadAsStream());
        return document.RootElement.Clone();
    }
}
