using System.Globalization;
using System.Text.RegularExpressions;

namespace Aios.Tests.BlackBox;

/// <summary>What <c>/metrics</c> answered, read as Prometheus reads it.</summary>
internal sealed partial class MetricsPage
{
    private readonly List<(string Name, string Labels, double Value)> _samples;

    private MetricsPage(string text)
    {
        Text = text;
        _samples = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(ReadLine)];
        Families = [.. TypeLine().Matches(text).Select(match => match.Groups["name"].Value)];
    }

    /// <summary>As it came.</summary>
    public string Text { get; }

    /// <summary>The names of all metrics.</summary>
    public IReadOnlyList<string> Families { get; }

    /// <summary>How many series there are.</summary>
    public int Series => _samples.Count;

    /// <summary>The names as they stand before values, of all series.</summary>
    public IEnumerable<string> SeriesNames => _samples.Select(sample => sample.Name).Distinct();

    /// <summary>Asks a daemon.</summary>
    public static MetricsPage Of(ApiClient api) => new(api.Get("/metrics").Expect(200).Text);

    /// <summary>The sum of the series of a name whose labels hold all of these ("status=\"failed\"").</summary>
    public double Sum(string name, params string[] labels) =>
        _samples
            .Where(sample => sample.Name == name && labels.All(label => sample.Labels.Contains(label, StringComparison.Ordinal)))
            .Sum(sample => sample.Value);

    /// <summary>How many series of a name there are.</summary>
    public int Count(string name) => _samples.Count(sample => sample.Name == name);

    private static (string, string, double) ReadLine(string line)
    {
        var match = SampleLine().Match(line);
        Assert.True(match.Success, $"no sample: {line}");
        return (
            match.Groups["name"].Value,
            match.Groups["labels"].Value,
            double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture)
        );
    }

    [GeneratedRegex(@"^(?<name>[a-z_]+)(\{(?<labels>.*)\})? (?<value>\S+)$")]
    private static partial Regex SampleLine();

    [GeneratedRegex(@"^# TYPE (?<name>\S+) ", RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}
