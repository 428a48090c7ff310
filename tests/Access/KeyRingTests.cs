using Aios.Access;
using Aios.Store.Api;
using Aios.Tests.Running;

namespace Aios.Tests.Access;

public class KeyRingTests
{
    private readonly FakeClock _clock = new();
    private readonly List<ApiKeyRecord> _stored = [];
    private readonly List<string> _reports = [];

    [Fact]
    public void A_key_has_256_random_bits_and_is_never_the_same()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => KeyText.Make()).ToHashSet();
        Assert.Equal(100, keys.Count);
        Assert.All(keys, key => Assert.Equal("aios_".Length + 43, key.Length));
    }

    [Fact]
    public void A_stored_key_opens_and_what_is_nearly_it_does_not()
    {
        var key = Store("deploy", "operator", "mail_*");
        var holder = Ring().Find(key);

        Assert.Equal(Role.Operator, holder?.Role);
        Assert.True(holder!.Jobs.Match("mail_a"));
        Assert.False(holder.Jobs.Match("other"));
        Assert.Null(Ring().Find(key[..^1]));
        Assert.Null(Ring().Find(key + "x"));
        Assert.Null(Ring().Find(""));
        Assert.Null(Ring().Find(Convert.ToHexStringLower(KeyText.Hash(key))));
    }

    [Fact]
    public void An_expired_key_opens_nothing()
    {
        var key = Store("short", "viewer", expires: _clock.GetUtcNow() + TimeSpan.FromHours(1));
        var ring = Ring();
        Assert.NotNull(ring.Find(key));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(ring.Find(key));
        Assert.False(ring.ServesOthers);
    }

    [Fact]
    public void A_revoked_key_opens_nothing_after_a_second()
    {
        var key = Store("gone", "admin");
        var ring = Ring();
        Assert.NotNull(ring.Find(key));
        _stored.Clear();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(ring.Find(key));
    }

    [Theory]
    [InlineData("root", null)]
    [InlineData("", null)]
    [InlineData("viewer", "not a hash")]
    public void A_row_that_makes_no_sense_opens_nothing(string role, string? hash)
    {
        var key = KeyText.Make();
        _stored.Add(new ApiKeyRecord("odd", role, "", hash ?? Convert.ToHexStringLower(KeyText.Hash(key)), _clock.GetUtcNow(), null));
        Assert.Null(Ring().Find(key));
        Assert.False(Ring().ServesOthers);
    }

    [Fact]
    public void Keys_of_the_environment_have_their_highest_role()
    {
        var keys = EnvironmentKeys.Read("0123456789abcdefghij:viewer|operator, another-key-that-is-long:ADMIN").ToList();
        Assert.Equal([Role.Operator, Role.Admin], keys.Select(key => key.Holder.Role));
        Assert.Equal(Role.Operator, new KeyRing([.. keys], () => [], () => null, _clock).Find("0123456789abcdefghij")?.Role);
    }

    [Theory]
    [InlineData("short:admin", "expected at least 20")]
    [InlineData("0123456789abcdefghij", "found no role")]
    [InlineData("0123456789abcdefghij:root", "found the role \"root\"")]
    public void A_key_of_the_environment_that_makes_no_sense_is_refused_without_being_shown(string setting, string said)
    {
        var error = Assert.Throws<AccessException>(() => EnvironmentKeys.Read(setting).ToList());
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_file_is_made_once_for_its_owner_only()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File(KeyFile.Name);
        var file = FileAt(path);
        file.Ensure();
        var first = file.Read();
        file.Ensure();

        Assert.Empty(_reports);
        Assert.Equal(first!.Hash, FileAt(path).Read()!.Hash);
        Assert.Equal(Role.Admin, first.Holder.Role);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(Directory.EnumerateFiles(folder.Path));
    }

    [LinuxTheory]
    [InlineData("640")]
    [InlineData("604")]
    [InlineData("620")]
    [InlineData("602")]
    [InlineData("644")]
    [InlineData("700")]
    public void A_key_file_that_others_can_read_or_write_is_not_taken_from_then_on(string mode)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File(KeyFile.Name);
        var file = FileAt(path);
        file.Ensure();
        var key = File.ReadAllText(path).Trim();
        var ring = new KeyRing([], () => [], file.Read, _clock);
        Assert.Equal(Role.Admin, ring.Find(key)?.Role);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(ring.Find(key));
        Assert.Null(ring.Find(key, anew: true));
        Assert.Contains("can be read by others", Assert.Single(_reports), StringComparison.Ordinal);
    }

    [LinuxFact]
    public void What_somebody_put_in_the_place_of_the_key_file_is_not_taken()
    {
        using var folder = new TemporaryFolder();
        var (path, planted) = (folder.File(KeyFile.Name), folder.File("planted"));
        File.WriteAllText(planted, KeyText.Make());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(planted, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        foreach (
            var plant in (Action[])
                [
                    () => File.CreateSymbolicLink(path, planted),
                    () => File.CreateSymbolicLink(path, folder.File("nothing")),
                    () => Plant("ln", planted, path),
                    () => Plant("mkfifo", path),
                    () => Directory.CreateDirectory(path),
                    () => File.WriteAllText(path, "short"),
                    () => File.WriteAllText(path, new string('x', 100_000)),
                ]
        )
        {
            plant();
            var file = FileAt(path);
            file.Ensure();
            Assert.Null(file.Read());
            Assert.Null(file.Read());
            Assert.Single(_reports);
            Assert.False(Path.Exists(folder.File("nothing")));
            _reports.Clear();
            if (Directory.Exists(path))
                Directory.Delete(path);
            else
                File.Delete(path);
        }
    }

    [Fact]
    public void A_key_that_was_made_this_instant_counts_where_it_is_asked_for_anew()
    {
        var ring = Ring();
        Assert.Null(ring.Find(KeyText.Make()));
        var key = Store("new", "operator");
        Assert.Null(ring.Find(key));
        Assert.Equal(Role.Operator, ring.Find(key, anew: true)?.Role);
        Assert.Equal(Role.Operator, ring.Find(key)?.Role);
    }

    private KeyFile FileAt(string path) => new(path, _reports.Add);

    private static void Plant(string program, params string[] arguments) =>
        System.Diagnostics.Process.Start(program, arguments).WaitForExit();

    private KeyRing Ring() => new([], () => [.. _stored], () => null, _clock);

    private string Store(string name, string role, string jobs = "", DateTimeOffset? expires = null)
    {
        var key = KeyText.Make();
        _stored.Add(new ApiKeyRecord(name, role, jobs, Convert.ToHexStringLower(KeyText.Hash(key)), _clock.GetUtcNow(), expires));
        return key;
    }
}
