namespace Aios.Tests.BlackBox;

/// <summary>What a test needs of the machine beyond .NET and Linux.</summary>
[Flags]
public enum Need
{
    /// <summary>Nothing.</summary>
    Linux = 0,

    /// <summary><c>python3</c>, with its sqlite3 module.</summary>
    Python = 1 << 0,

    /// <summary>Debian's <c>faketime</c>: a clock of its own for each process.</summary>
    Faketime = 1 << 1,

    /// <summary>The right to mount a small tmpfs.</summary>
    Mount = 1 << 2,

    /// <summary>The right, and a file system, to make a folder refuse all writes.</summary>
    Immutable = 1 << 3,

    /// <summary>The right to be another user for a while, and <c>curl</c>.</summary>
    OtherUser = 1 << 4,

    /// <summary>A container engine (DOCKER_HOST, or the usual socket) with the images of tests/images/make.</summary>
    Docker = 1 << 5,

    /// <summary><c>strace</c>, and the right to trace a process of one's own.</summary>
    Strace = 1 << 6,

    /// <summary>Debian's <c>prometheus</c>, which brings <c>promtool</c>.</summary>
    Prometheus = 1 << 7,

    /// <summary>The right to start another container engine, which a test may stop.</summary>
    OwnEngine = 1 << 8,

    /// <summary>docker-compose, for the compose file.</summary>
    Compose = 1 << 9,

    /// <summary>The <c>sqlite3</c> shell.</summary>
    SqliteShell = 1 << 10,

    /// <summary><c>node</c>, for ecosystem files of PM2 that are programs.</summary>
    Node = 1 << 11,

    /// <summary>systemd's own checker of units, <c>systemd-analyze</c>.</summary>
    SystemdAnalyze = 1 << 12,

    /// <summary>A machine that systemd does not run, as a container's is not.</summary>
    NoSystemd = 1 << 13,

    /// <summary>The right to start a systemd in namespaces of its own.</summary>
    SystemdItself = 1 << 14,

    /// <summary>The published executable in AIOS_EXE, and not the one that was built with the tests.</summary>
    Published = 1 << 15,

    /// <summary>The right to change the root folder, and a small Debian (tests/images/make).</summary>
    Chroot = 1 << 16,

    /// <summary><c>curl</c>.</summary>
    Curl = 1 << 17,

    /// <summary><c>dpkg-deb</c> and <c>lintian</c>, for the Debian package.</summary>
    Debian = 1 << 18,

    /// <summary>The right to make a network of one's own, with util-linux and iproute2.</summary>
    Namespace = 1 << 29,

    /// <summary>A compiler for arm64, and an emulator that runs what it makes.</summary>
    CrossCompiler = 1 << 30,

    /// <summary>Debian's <c>chromium</c>.</summary>
    Browser = 1 << 19,

    /// <summary><c>bash</c>.</summary>
    Bash = 1 << 20,

    /// <summary><c>zsh</c>.</summary>
    Zsh = 1 << 21,

    /// <summary><c>fish</c>.</summary>
    Fish = 1 << 22,

    /// <summary>Debian's <c>supervisord</c>.</summary>
    Supervisord = 1 << 24,

    /// <summary>Debian's <c>cron</c>.</summary>
    Cron = 1 << 25,

    /// <summary>PM2, whose program <c>AIOS_TESTS_PM2</c> names.</summary>
    Pm2 = 1 << 26,

    /// <summary><c>node</c>, and the clients of model vendors in the folder that <c>AIOS_TESTS_NPM</c> names.</summary>
    ModelClients = 1 << 28,

    /// <summary>To be root.</summary>
    Root = 1 << 27,

    /// <summary><c>groff</c>, which formats manual pages.</summary>
    Groff = 1 << 23,
}
