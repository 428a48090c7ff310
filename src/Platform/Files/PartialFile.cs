namespace Aios.Platform;

/// <summary>
/// A file that is being made beside its place, as <c>NAME.part</c>: only its owner may read it, one process at a time
/// makes it, and it gets its name when it is complete and on the disk. Else nothing of it is left, or, after a kill, a
/// part that the next attempt takes over.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string _target;
    private readonly FileStream _file;
    private bool _placed;

    private PartialFile(string target, FileStream file)
    {
        _target = target;
        _file = file;
    }

    /// <summary>Where it is made.</summary>
    public string Path => _file.Name;

    /// <summary>How large it is, in bytes.</summary>
    public long Length => new FileInfo(Path).Length;

    /// <summary>Begins with an empty file.</summary>
    /// <exception cref="IOException">Another process is making it, or it cannot be made there.</exception>
    public static PartialFile Begin(string target)
    {
        var path = target + ".part";
        var file = Open(path);
        file.SetLength(0);
        // What SQLite may have left beside it when it was killed would be taken for a part of the new one.
        foreach (var left in (string[])["-journal", "-wal", "-shm"])
            File.Delete(path + left);
        return new PartialFile(target, file);
    }

    /// <summary>As above, for what several processes may be asked to make.</summary>
    /// <exception cref="IOException">Another process does so just now, or it cannot be made there; the message says which.</exception>
    public static PartialFile BeginAlone(string target)
    {
        try
        {
            return Begin(target);
        }
        catch (IOException) when (File.Exists(target + ".part"))
        {
            throw new IOException($"{target}.part is being written by another process. Wait until it is done, or name another file.");
        }
    }

    /// <summary>Puts it in its place.</summary>
    public void Place()
    {
        _file.Flush(flushToDisk: true);
        DurableFile.Replace(Path, _target);
        _placed = true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_placed)
            File.Delete(Path);
        _file.Dispose();
    }

    // On Unix FileShare.None is a lock beside those of SQLite, which writes to the file through a handle of its own.
    private static FileStream Open(string path)
    {
        var file = OwnFile.OpenOrMake(
            path,
            OwnFile.Secret,
            OperatingSystem.IsWindows() ? FileShare.ReadWrite : FileShare.None,
            isStrict: true
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file.SafeFileHandle, OwnFile.Secret);
        return file;
    }
}
