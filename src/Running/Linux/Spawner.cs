using System.Runtime.InteropServices;

namespace Aios.Running.Linux;

/// <summary>Starts processes by posix_spawn.</summary>
internal sealed unsafe class Spawner
{
    // Larger than posix_spawn_file_actions_t of glibc and musl (80 bytes).
    private const int FileActionsSize = 256;
    private const int BusyTries = 6;
    private const uint OwnerOnly = 0x180;

    private const int FirstOtherDescriptor = 3;

    // glibc 2.34 and later; musl has none.
    private readonly delegate* unmanaged<byte*, int, int> _closeFrom = NativeLibrary.TryGetExport(
        NativeLibrary.GetMainProgramHandle(),
        "posix_spawn_file_actions_addclosefrom_np",
        out var address
    )
        ? (delegate* unmanaged<byte*, int, int>)address
        : null;

    private readonly SpawnAttributes _attributes = new();
    private readonly int _null;

    public Spawner()
    {
        // A descriptor of ours must not be 0, 1 or 2, or it would be overwritten while the child's are put in place.
        do
        {
            _null = LibC.open("/dev/null", LibC.O_RDWR | LibC.O_CLOEXEC, 0);
        } while (_null is >= 0 and <= 2);
    }

    /// <summary>The new process's id.</summary>
    /// <exception cref="RunStartException">It could not be started.</exception>
    public int Spawn(ProcessSpec spec, int output, int error)
    {
        var wrapped = StartStub.Wrap(spec);
        return spec.Limits?.Nice is { } nice and not 0
            ? NicerThread.Spawn(nice, () => SpawnNow(wrapped, output, error))
            : SpawnNow(wrapped, output, error);
    }

    // Where its stamp cannot be made a program runs without: less is known of it after a crash of ours.
    private int SpawnNow(ProcessSpec spec, int output, int error)
    {
        var failure = SpawnTrying(spec, spec.Stamp, output, error, out var pid);
        if (failure != 0 && spec.Stamp is not null && !File.Exists(spec.Stamp))
        {
            failure = SpawnTrying(spec, stamp: null, output, error, out pid);
        }

        if (failure == 0)
        {
            return pid;
        }

        if (spec.Stamp is not null)
        {
            PrivateFile.Delete(spec.Stamp);
        }

        throw SpawnErrors.Explain(failure, spec);
    }

    private int SpawnTrying(ProcessSpec spec, string? stamp, int output, int error, out int pid)
    {
        using var argv = new NativeStrings(spec.Argv);
        using var environment = new NativeStrings(spec.Environment);
        using var path = new NativeStrings([spec.Executable]);
        var actions = stackalloc byte[FileActionsSize];
        _ = LibC.posix_spawn_file_actions_init(actions);
        if (stamp is not null)
        {
            // First of all: what this process holds open, such as its device's lock, is let go of later, so whoever finds that
            // free finds the stamp.
            _ = LibC.posix_spawn_file_actions_addopen(actions, 0, stamp, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_NOFOLLOW, OwnerOnly);
        }

        _ = LibC.posix_spawn_file_actions_addchdir_np(actions, spec.WorkingDirectory);
        _ = LibC.posix_spawn_file_actions_adddup2(actions, spec.Input ?? _null, 0);
        _ = LibC.posix_spawn_file_actions_adddup2(actions, output, 1);
        _ = LibC.posix_spawn_file_actions_adddup2(actions, error, 2);
        if (_closeFrom != null)
        {
            // Whatever some library opened without O_CLOEXEC stays ours.
            _ = _closeFrom(actions, FirstOtherDescriptor);
        }

        var failure = SpawnTrying(path.Pointer[0], actions, argv.Pointer, environment.Pointer, out pid);
        _ = LibC.posix_spawn_file_actions_destroy(actions);
        return failure;
    }

    private int SpawnTrying(byte* path, byte* actions, byte** argv, byte** environment, out int pid)
    {
        for (var tries = 1; ; tries++)
        {
            int started;
            var failure = LibC.posix_spawn(&started, path, actions, _attributes.Pointer, argv, environment);
            pid = started;

            // Somebody is just writing the file, or a fork elsewhere still holds a writer's descriptor until its exec.
            if (failure != Errno.ETXTBSY || tries == BusyTries)
            {
                return failure;
            }

            Thread.Sleep(5 << tries);
        }
    }
}
