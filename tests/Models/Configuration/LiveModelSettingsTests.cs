using Aios.Models.Configuration;
using Aios.Tests.Support;

namespace Aios.Tests.Models.Configuration;

/// <summary>The settings in force follow the file.</summary>
public sealed class LiveModelSettingsTests : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly List<string> _warnings = [];

    [Fact]
    public void A_change_counts_with_the_next_call_and_mistakes_leave_the_last_valid_version_in_force()
    {
        var live = new LiveModelSettings(_home.Path, _warnings.Add);
        Assert.Empty(live.Current.Providers);
        Write("providers: {a: {kind: openai}}");
        Assert.Equal(["a"], live.Current.Providers.Keys);
        Write("providers: {a: {kind: openai}, broken}");
        Assert.Equal(["a"], live.Current.Providers.Keys);
        Assert.NotEmpty(live.Errors);
        Assert.Contains(_warnings, warning => warning.Contains("the last valid version is in force", StringComparison.Ordinal));
        var told = _warnings.Count;
        _ = live.Current;
        Assert.Equal(told, _warnings.Count);
        Write("");
        Assert.Equal(["a"], live.Current.Providers.Keys);
        Assert.Contains("is empty", Assert.Single(live.Errors).ToText(), StringComparison.Ordinal);
        Write("providers: {b: {kind: gemini}}");
        Assert.Equal(["b"], live.Current.Providers.Keys);
        Assert.Empty(live.Errors);
        File.Delete(Path.Combine(_home.Path, ModelSettingsLoader.FileName));
        Assert.Empty(live.Current.Providers);
    }

    public void Dispose() => _home.Dispose();

    private void Write(string text) => File.WriteAllText(Path.Combine(_home.Path, ModelSettingsLoader.FileName), text);
}
