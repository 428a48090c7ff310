using Aios.Flows;
using Aios.Platform;
using Aios.Store.Flows;

namespace Aios.Tests.Flows;

/// <summary>Pictures that people are shown: those of the home, as they were when it was asked.</summary>
public sealed class ShownPictureTests : IDisposable
{
    private const string Show = """{"chart": {"picture": "out/chart.png"}, "total": 7}""";
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 1];

    private readonly TemporaryFolder _home = new();
    private readonly ShownPictures _pictures;

    public ShownPictureTests()
    {
        Directory.CreateDirectory(In("out"));
        File.WriteAllBytes(In("out/chart.png"), Png);
        _pictures = new ShownPictures(_home.Path);
    }

    [Fact]
    public void A_picture_is_shown_with_what_tells_it_from_another()
    {
        var shown = _pictures.Describe(Show);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Png));
        Assert.Equal($$"""{"chart":{"picture":"out/chart.png","sha256":"{{hash}}","bytes":10},"total":7}""", shown);
        Assert.Equal(("out/chart.png", hash), ShownPictures.Find(shown, "chart"));
        Assert.Null(ShownPictures.Find(shown, "total"));
        Assert.Null(ShownPictures.Find(shown, "other"));
    }

    [Theory]
    [InlineData("""{"a": {"picture": 7}}""")]
    [InlineData("""{"a": {"picture": "x.png", "price": 3}}""")]
    [InlineData("""{"a": [{"picture": "x.png"}]}""")]
    [InlineData("""["picture"]""")]
    [InlineData("""{"picture": "x.png"}""")]
    public void Other_values_stay_as_they_are(string shown) =>
        Assert.Equal(
            shown.Replace(" ", "", StringComparison.Ordinal),
            _pictures.Describe(shown).Replace(" ", "", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("out/none.png", "there is no file out/none.png")]
    [InlineData("none/chart.png", "there is no file none/chart.png")]
    [InlineData("../chart.png", "is not in")]
    [InlineData("out/../../chart.png", "is not in")]
    [InlineData("/etc/passwd", "is not in")]
    [InlineData("", "is not in")]
    [InlineData("out", "cannot be read")]
    [InlineData("text.png", "is no picture")]
    [InlineData("drawing.svg", "is no picture")]
    [InlineData("link.png", "is a link")]
    [InlineData("linked/chart.png", "is a link")]
    [InlineData("large.png", "expected at most 5242880 (5 MiB)")]
    public void What_is_no_picture_of_the_home_is_refused_with_the_reason(string path, string reason)
    {
        File.WriteAllText(In("text.png"), "secret");
        File.WriteAllText(In("drawing.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
        File.CreateSymbolicLink(In("link.png"), In("out/chart.png"));
        Directory.CreateSymbolicLink(In("linked"), In("out"));
        File.WriteAllBytes(In("large.png"), [.. Png, .. new byte[HomePicture.Largest]]);
        var error = Assert.Throws<StepException>(() => _pictures.Describe($$$"""{"chart": {"picture": "{{{path}}}"}}"""));
        Assert.StartsWith("show.chart: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image/png", "89504e470d0a1a0a")]
    [InlineData("image/jpeg", "ffd8ffe0")]
    [InlineData("image/gif", "474946383961")]
    [InlineData("image/webp", "524946460000000057454250565038")]
    public void The_first_bytes_say_what_it_is(string mediaType, string content)
    {
        File.WriteAllBytes(In("any.txt"), Convert.FromHexString(content));
        Assert.Equal(mediaType, HomePicture.Read(_home.Path, "any.txt").MediaType);
    }

    [Fact]
    public void All_of_them_have_a_limit()
    {
        var large = new byte[HomePicture.Largest];
        Png.CopyTo(large, 0);
        File.WriteAllBytes(In("large.png"), large);
        const string Two = """{"a": {"picture": "large.png"}, "b": {"picture": "large.png"}}""";
        Assert.NotNull(ShownPictures.Find(_pictures.Describe(Two), "b"));
        var error = Assert.Throws<StepException>(() => _pictures.Describe(Two[..^1] + """, "c": {"picture": "out/chart.png"}}"""));
        Assert.Contains("show.c: with out/chart.png the pictures have 10485770 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_has_changed_is_asked_about_anew()
    {
        using var flow = new FlowRig(
            "{name: ask, approval: Publish?, show: {chart: {picture: chart.png}}}",
            "{name: send, command: [mail]}"
        );
        var chart = Path.Combine(flow.Daemon.Context.Settings.Home, "chart.png");
        File.WriteAllBytes(chart, Png);
        flow.Start();
        var first = flow.Asked("ask");
        File.WriteAllBytes(chart, [.. Png, 1]);
        flow.Decide("ask");
        Assert.Equal("", flow.Running);
        Assert.Equal(ApprovalStatus.Waiting, flow.Asked("ask").Status);
        Assert.NotEqual(first.Digest, flow.Asked("ask").Digest);
        flow.Decide("ask");
        Assert.Equal("send", flow.Running);
    }

    [Fact]
    public void A_picture_that_is_not_there_fails_the_step()
    {
        using var flow = new FlowRig("{name: ask, approval: Publish?, show: {chart: {picture: chart.png}}}");
        flow.Start();
        Assert.StartsWith("failed: show.chart: there is no file chart.png", flow.Step("ask"), StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();

    private string In(string path) => Path.Combine(_home.Path, path);
}
