namespace Aios.Tests.Docs;

/// <summary>The sizes that CONTRIBUTING.md names.</summary>
public sealed class SourceStyleTests
{
    private const int LongestLine = 140;
    private const int LongestFile = 450;
    private const int LargestFolder = 25;

    private static IEnumerable<string> Files =>
        new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Documents.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    [Fact]
    public void A_line_is_no_longer_than_it_may_be() => Assert.Empty(Files.SelectMany(LongLines));

    [Fact]
    public void A_file_is_no_longer_than_it_may_be() => Assert.Empty(Files.Where(path => File.ReadLines(path).Count() > LongestFile));

    [Fact]
    public void A_folder_holds_no_more_files_than_it_may() =>
        Assert.Empty(
            Files
                .GroupBy(path => Path.GetDirectoryName(path)!)
                .Where(folder => folder.Count() > LargestFolder)
                .Select(folder => $"{folder.Key}: {folder.Count()} files")
        );

    // What a raw string holds is the text of something else.
    private static IEnumerable<string> LongLines(string path)
    {
        var isRaw = false;
        foreach (var (number, line) in File.ReadLines(path).Index())
        {
            var marks = line.Split("\"\"\"").Length - 1;
            if (line.Length > LongestLine && !isRaw && marks == 0)
            {
                yield return $"{path}:{number + 1}";
            }

            isRaw ^= marks % 2 == 1;
        }
    }
}
