using Aios.Access;
using Aios.Queue;
using Aios.Tests.Support;

namespace Aios.Tests.Access;

public class KeyRingTests
{
    private readonly FakeClock _clock = new();
    private readonly List<ApiKeyRecord> _stored = [];

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
        Assert.Equal(Role.Operator, new KeyRing([.. keys], () => [], _clock).Find("0123456789abcdefghij")?.Role);
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
        var first = KeyFile.Read(path, out _);
        var second = KeyFile.Read(path, out var problem);

        Assert.Null(problem);
        Assert.Equal(first!.Hash, second!.Hash);
        Assert.Equal(Role.Admin, second.Holder.Role);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public void A_key_file_that_others_can_read_is_not_taken()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TemporaryFolder();
        var path = folder.File(KeyFile.Name);
        KeyFile.Read(path, out _);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Null(KeyFile.Read(path, out var problem));
        Assert.Contains("can be read by others", problem, StringComparison.Ordinal);
    }

    private KeyRing Ring() => new([], () => [.. _stored], _clock);

    private string Store(string name, string role, string jobs = "", DateTimeOffset? expires = null)
    {
        var key = KeyText.Make();
        _stored.Add(new ApiKeyRecord(name, role, jobs, Convert.ToHexStringLower(KeyText.Hash(key)), _clock.GetUtcNow(), expires));
        return key;
    }
}
