using Aios.Models.Calls;
using Aios.Models.Configuration;
using Aios.Tests.Support;

namespace Aios.Tests.Models;

/// <summary>Which models of a route are asked, and in which order.</summary>
public sealed class CandidateChooserTests
{
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData("allow-api", "b c a")]
    [InlineData("hybrid", "c a b")]
    public void Those_that_are_slower_than_the_target_are_tried_last(string privacy, string expected)
    {
        var (settings, errors) = ModelSettingsLoader.Read(
            $$"""
            privacy: {{privacy}}
            providers:
              here: {kind: openai, url: "http://127.0.0.1:1/v1"}
              far: {kind: openai}
            models:
              a: {provider: here, price: free}
              b: {provider: far, price: free}
              c: {provider: here, price: free}
            routes:
              r: {models: [a, b, c], latency_target: 3s}
            """
        );
        Assert.Empty(errors);
        var chooser = new CandidateChooser(_clock);
        chooser.MeterOf("a").Succeed(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));
        chooser.MeterOf("c").Succeed(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(9));
        List<CandidateNote> notes = [];
        var order = chooser.Choose(settings!, settings!.Routes["r"], settings.Privacy, ModelAbilities.None, notes);
        Assert.Equal(expected, string.Join(' ', order.Select(candidate => candidate.Model.Name)));
        Assert.Equal(new CandidateNote("a", "later: its answers begin after 4 s, latency_target is 3 s"), Assert.Single(notes));
    }
}
