using Aios.Queue.Client;

namespace Aios.Running.Python;

/// <summary>The file that Python programs get by <c>import aios</c>, in a folder of its own.</summary>
internal sealed class HelperModule(string folder)
{
    private readonly Lock _gate = new();
    private readonly RunFolder _files = new(folder);
    private bool _written;

    /// <summary>Where it can be imported from.</summary>
    public string Folder => folder;

    /// <summary>Writes it if it is not there. Where that cannot be done, programs run without: few need it, and they say so.</summary>
    public void Ensure()
    {
        var path = _files.PathOf(PythonClient.FileName);
        if (_written && File.Exists(path))
        {
            return;
        }

        lock (_gate)
        {
            _written = TryWrite(path);
        }
    }

    private bool TryWrite(string path)
    {
        try
        {
            // By renaming, since another run may be importing it.
            File.Move(_files.Write(PythonClient.FileName + ".new", PythonClient.Read()), path, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is StartFailure or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
