using System.Globalization;

namespace Aios.Tests.BlackBox;

/// <summary>A wall clock of its own for the processes of a test, which can be moved while they run. Their monotonic clock stays the machine's.</summary>
internal sealed class ShiftedClock
{
    private readonly string _file;
    private TimeSpan _offset;

    /// <summary>A clock whose offset is kept in a file of that folder.</summary>
    public ShiftedClock(string folder, TimeSpan offset)
    {
        _file = Path.Combine(folder, ".offset");
        Offset = offset;
    }

    /// <summary>Debian's library, or null.</summary>
    public static string? Library { get; } = Directory.Exists("/usr/lib")
        ? Directory.EnumerateDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        : null;

    /// <summary>How far it is ahead of the machine's clock.</summary>
    public TimeSpan Offset
    {
        get => _offset;
        set
        {
            _offset = value;
            var sign = value < TimeSpan.Zero ? "-" : "+";
            // Put in place whole, since processes read it at any moment.
            File.WriteAllText(_file + ".new", sign + Math.Abs(value.TotalSeconds).ToString("0.###", CultureInfo.InvariantCulture) + "\n");
            File.Move(_file + ".new", _file, overwrite: true);
        }
    }

    /// <summary>What it shows now.</summary>
    public DateTimeOffset Now => DateTimeOffset.UtcNow + Offset;

    /// <summary>Sets it to show an instant now.</summary>
    public void Set(DateTimeOffset instant) => Offset = instant - DateTimeOffset.UtcNow;

    /// <summary>The environment of processes that live by it.</summary>
    public (string Name, string Value)[] Environment =>
    [
        ("LD_PRELOAD", Library!),
        ("FAKETIME_TIMESTAMP_FILE", _file),
        ("FAKETIME_NO_CACHE", "1"),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ("DONT_FAKE_MONOTONIC", "1"),
    ];
}
