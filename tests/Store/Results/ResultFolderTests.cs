using Aios.Platform;
using Aios.Store;
using Aios.Store.Results;

namespace Aios.Tests.Store.Results;

/// <summary>Results that are too long for a row.</summary>
public sealed class ResultFolderTests : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly ResultFolder _results;

    public ResultFolderTests() => _results = new ResultFolder(Databases.At(_home.File("orchestrator.db")), "0123-4567-89ab-cdef");

    [Fact]
    public void What_fits_stays_in_the_row()
    {
        var json = Text(1024 * 1024 - 2);
        Assert.Equal((json, null), _results.Keep(json));
        Assert.Equal((null, null), _results.Keep(null));
        Assert.False(Directory.Exists(_home.File("results")));
    }

    [Fact]
    public void What_does_not_is_in_a_file_for_this_user_only()
    {
        // As many characters as fit, but more bytes.
        var json = Text(600_000, 'ä');
        var (text, file) = _results.Keep(json);
        Assert.Null(text);
        Assert.Matches("^results/0123456789ab-[0-9a-f]{32}[.]json$", file!.Path);
        Assert.Equal(1_200_002, file.Bytes);
        Assert.Equal(json, _results.Read(file));
        Assert.Equal(file, ResultReference.Read(ResultReference.Write(file)));
        Assert.Equal([_home.File(file.Path)], Directory.GetFiles(_home.File("results")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(OwnFile.Secret, File.GetUnixFileMode(_home.File(file.Path)));
    }

    [Fact]
    public void Where_no_file_can_be_made_the_row_has_all_of_it()
    {
        File.WriteAllText(_home.File("results"), "in the way");
        var json = Text(2_000_000);
        Assert.Equal((json, null), _results.Keep(json));
    }

    [Fact]
    public void A_file_that_is_missing_or_changed_is_not_believed()
    {
        var (_, file) = _results.Keep(Text(2_000_000));
        var path = _home.File(file!.Path);
        File.WriteAllText(path, Text(2_000_000, 'y'));
        Assert.Contains($"{path} has changed: its SHA-256 is", Why(file), StringComparison.Ordinal);
        File.WriteAllText(path, "1");
        Assert.Equal($"{path} has changed: it has 1 bytes, expected 2000002", Why(file));
        File.Delete(path);
        Assert.Equal($"{path} is missing", Why(file));
        File.WriteAllText(_home.File("other"), Text(2_000_000));
        File.CreateSymbolicLink(path, _home.File("other"));
        Assert.Contains("is a link", Why(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orchestrator.db")]
    [InlineData("results/../orchestrator.db")]
    [InlineData("results/..")]
    [InlineData("/etc/hostname")]
    [InlineData("")]
    public void A_row_leads_to_no_other_file(string path) =>
        Assert.Contains("names no file in", Why(new ResultReference(path, 1, "")), StringComparison.Ordinal);

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"path": 7, "bytes": 1, "sha256": ""}""")]
    [InlineData("""{"path": "results/x", "bytes": "1", "sha256": ""}""")]
    [InlineData("""{"path": "results/x"}""")]
    public void What_is_no_reference_leads_nowhere(string column) =>
        Assert.Equal(new ResultReference("", 0, ""), ResultReference.Read(column));

    [Fact]
    public void A_row_cannot_make_it_read_more_than_a_result_may_have() =>
        Assert.EndsWith(
            "has 99999999999 bytes; a result has at most 67108864 bytes (64 MiB)",
            Why(new ResultReference("results/x", 99_999_999_999, "")),
            StringComparison.Ordinal
        );

    public void Dispose() => _home.Dispose();

    private string Why(ResultReference file) => Assert.Throws<ResultFileException>(() => _results.Read(file)).Message;

    private static string Text(int length, char letter = 'x') => $"\"{new string(letter, length)}\"";
}
