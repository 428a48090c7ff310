using Aios.Platform.Linux;

namespace Aios.Platform;

/// <summary>
/// Whether the names in a folder have changed since the last look. The times of folders do not tell on every file system, so the
/// names themselves are compared, as the system gives them.
/// </summary>
internal sealed class FolderNames(string folder)
{
    // Some hundred names. A folder with more is always said to have changed.
    private const int MostBytes = 16 * 1024;

    private readonly byte[] _buffer = new byte[MostBytes];
    private byte[]? _last;

    /// <summary>False only if they are the same for sure.</summary>
    public bool MayHaveChanged()
    {
        var count = OperatingSystem.IsLinux() ? FolderEntries.Read(folder, _buffer) : -1;
        var now = count < 0 ? [] : _buffer.AsSpan(0, count);
        if (count >= 0 && _last is not null && now.SequenceEqual(_last))
            return false;
        _last = count < 0 ? null : now.ToArray();
        return true;
    }

    /// <summary>The next look says that they may have changed.</summary>
    public void Forget() => _last = null;
}
