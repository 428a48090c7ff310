using Aios.Platform;

namespace Aios.Running;

/// <summary>
/// A file that all runs may read. It stays from daemon to daemon, and is made again when something removed or changed it.
/// </summary>
/// <param name="path">Absolute.</param>
/// <param name="text">What is in it.</param>
internal sealed class SharedFile(string path, Func<string> text)
{
    private readonly Lock _gate = new();
    private (long Length, DateTime Written)? _made;

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>Sees to it that it is there and as it should be; false if it cannot be written.</summary>
    public bool Ensure()
    {
        if (_made is { } known && Look() == known)
        {
            return true;
        }

        lock (_gate)
        {
            _made = TryWrite(text()) ? Look() : null;
            return _made is not null;
        }
    }

    private (long Length, DateTime Written)? Look()
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : null;
    }

    private bool TryWrite(string content)
    {
        try
        {
            if (File.Exists(path) && OwnFile.Read(path) == content)
            {
                return true;
            }

            // By renaming, since another run may be reading it; another daemon may be doing the same.
            OwnFile.MakeFolder(System.IO.Path.GetDirectoryName(path)!);
            OwnFile.Replace(path, content, OwnFile.Readable);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
