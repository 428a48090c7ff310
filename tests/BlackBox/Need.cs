namespace Aios.Tests.BlackBox;

/// <summary>What a test needs of the machine beyond .NET and Linux.</summary>
[Flags]
public enum Need
{
    /// <summary>Nothing.</summary>
    Linux = 0,

    /// <summary><c>python3</c>, with its sqlite3 module.</summary>
    Python = 1,

    /// <summary>Debian's <c>faketime</c>: a clock of its own for each process.</summary>
    Faketime = 2,

    /// <summary>The right to mount a small tmpfs.</summary>
    Mount = 4,

    /// <summary>The right, and a file system, to make a folder refuse all writes.</summary>
    Immutable = 8,

    /// <summary>The right to be another user for a while, and <c>curl</c>.</summary>
    OtherUser = 32,

    /// <summary>A container engine (DOCKER_HOST, or the usual socket) with the images of tests/images/make.</summary>
    Docker = 64,

    /// <summary><c>strace</c>, and the right to trace a process of one's own.</summary>
    Strace = 128,

    /// <summary>Debian's <c>prometheus</c>, which brings <c>promtool</c>.</summary>
    Prometheus = 1024,

    /// <summary>The right to start another container engine, which a test may stop.</summary>
    OwnEngine = 256,

    /// <summary>docker-compose, for the compose file.</summary>
    Compose = 512,

    /// <summary>The <c>sqlite3</c> shell.</summary>
    SqliteShell = 2048,

    /// <summary><c>bash</c>.</summary>
    Bash = 4096,

    /// <summary><c>zsh</c>.</summary>
    Zsh = 8192,

    /// <summary><c>fish</c>.</summary>
    Fish = 16384,

    /// <summary><c>groff</c>, which formats manual pages.</summary>
    Groff = 32768,
}
