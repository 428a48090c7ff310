using System.Runtime.InteropServices;

namespace Aios.Running.Linux;

/// <summary>
/// How every child begins: a session of its own, no signal blocked, and every signal with its default action (the
/// runtime ignores SIGPIPE, and what is ignored stays so over an exec). Read-only once made.
/// </summary>
internal sealed unsafe class SpawnAttributes
{
    // Larger than posix_spawnattr_t (336 bytes) and sigset_t (128 bytes) of glibc and musl.
    private const int AttributesSize = 512;
    private const int SignalSetSize = 128;
    private const int LastStandardSignal = 31;

    public SpawnAttributes()
    {
        // Lives as long as the process, like the one object of this type.
        Pointer = (byte*)NativeMemory.AllocZeroed(AttributesSize);
        byte* none = stackalloc byte[SignalSetSize];
        byte* all = stackalloc byte[SignalSetSize];
        new Span<byte>(none, SignalSetSize).Clear();
        new Span<byte>(all, SignalSetSize).Clear();
        *(ulong*)all = AllButKillAndStop();
        _ = LibC.posix_spawnattr_init(Pointer);
        _ = LibC.posix_spawnattr_setsigdefault(Pointer, all);
        _ = LibC.posix_spawnattr_setsigmask(Pointer, none);
        _ = LibC.posix_spawnattr_setflags(Pointer, LibC.POSIX_SPAWN_SETSID | LibC.POSIX_SPAWN_SETSIGDEF | LibC.POSIX_SPAWN_SETSIGMASK);
    }

    public byte* Pointer { get; }

    private static ulong AllButKillAndStop()
    {
        var set = (1UL << LastStandardSignal) - 1;
        return set & ~(1UL << (LibC.SIGKILL - 1)) & ~(1UL << (LibC.SIGSTOP - 1));
    }
}
