using Aios.Platform;

namespace Aios.Daemon.Presence;

/// <summary>
/// A file that a living daemon holds locked. The system lets go of it when the process ends, however it ends, so it
/// tells better than any row whether the daemon lives.
/// </summary>
internal sealed class DeviceLock : IDisposable
{
    private readonly FileStream _file;

    private DeviceLock(FileStream file) => _file = file;

    /// <summary>Null while another process holds it.</summary>
    public static DeviceLock? TryTake(string path)
    {
        try
        {
            return new DeviceLock(OwnFile.OpenOrMake(path, OwnFile.Readable, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether a process holds it; asked so that others who ask are not in the way.</summary>
    public static bool IsHeld(string path)
    {
        try
        {
            using var probe = OwnFile.Open(path, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception error) when (error is FileNotFoundException or UntrustedFileException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
