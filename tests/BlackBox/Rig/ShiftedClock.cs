using System.Globalization;

namespace Aios.Tests.BlackBox;

/// <summary>
/// A wall clock of its own for the processes of a test, which can be moved while they run. Their monotonic clock stays the
/// machine's.
/// </summary>
/// <remarks>
/// The library has one semaphore for a process and all that it starts. A process that is killed while it holds it, at its
/// start or in a call of stat, leaves all others waiting for ever. So the times of files stay the machine's, and a test
/// that kills programs adds <see cref="NotForPrograms"/> to its jobs.
/// </remarks>
internal sealed class ShiftedClock
{
    /// <summary>A field of a job whose programs live by the machine's clock.</summary>
    public const string NotForPrograms = "env: {LD_PRELOAD: ''}";

    private readonly string _file;
    private TimeSpan _offset;

    /// <summary>A clock whose offset is kept in a file of that folder.</summary>
    public ShiftedClock(string folder, TimeSpan offset)
    {
        _file = Path.Combine(folder, ".offset");
        Offset = offset;
    }

    /// <summary>Debian's library, or null.</summary>
    public static string? Library { get; } =
        Directory.Exists("/usr/lib")
            ? Directory
                .EnumerateDirectories("/usr/lib")
                .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
                .FirstOrDefault(File.Exists)
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
            ("NO_FAKE_STAT", "1"),
        ];

    /// <summary>Removes what the library leaves of a process that was killed.</summary>
    public static void CleanUpAfter(int pid)
    {
        if (!Directory.Exists("/dev/shm"))
            return;
        foreach (var name in new[] { "sem.faketime_sem", "faketime_shm" })
            File.Delete($"/dev/shm/{name}_{pid}");
    }
}
