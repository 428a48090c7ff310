using Aios.Platform;

namespace Aios.Tests.Platform;

/// <summary>Files that take the place of others as a whole.</summary>
public sealed class DurableFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc />
    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_takes_the_place_of_another()
    {
        File.WriteAllText(_folder.File("new"), "new");
        File.WriteAllText(_folder.File("old"), "old");
        DurableFile.KeepAs(_folder.File("old"), _folder.File("kept"));
        DurableFile.Replace(_folder.File("new"), _folder.File("old"));
        Assert.Equal("new", File.ReadAllText(_folder.File("old")));
        Assert.Equal("old", File.ReadAllText(_folder.File("kept")));
        Assert.False(File.Exists(_folder.File("new")));
    }

    [Fact]
    public void A_part_that_is_given_up_leaves_nothing_and_what_a_kill_left_is_taken_over()
    {
        var target = _folder.File("copy.db");
        File.WriteAllText(target + ".part", "half of one");
        File.WriteAllText(target + ".part-journal", "of the half");
        using (var part = PartialFile.Begin(target))
        {
            Assert.Equal((target + ".part", 0), (part.Path, part.Length));
            Assert.Throws<IOException>(() => PartialFile.Begin(target).Dispose());
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }
}
