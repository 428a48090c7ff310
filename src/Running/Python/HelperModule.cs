using Aios.Queue.Client;

namespace Aios.Running.Python;

/// <summary>
/// The file that Python programs get by <c>import aios</c>, in a folder of its own. It stays where it is from daemon to
/// daemon, so that people and their editors find it, too.
/// </summary>
internal sealed class HelperModule(string folder)
{
    private readonly Lock _gate = new();
    private readonly string _path = Path.Combine(folder, PythonClient.FileName);
    private bool _written;

    /// <summary>Where it can be imported from.</summary>
    public string Folder => folder;

    /// <summary>Writes it if it is not there. Where that cannot be done, programs run without: few need it, and they say so.</summary>
    public void Ensure()
    {
        if (_written && File.Exists(_path))
        {
            return;
        }

        lock (_gate)
        {
            _written = TryWrite(PythonClient.Read());
        }
    }

    private bool TryWrite(string text)
    {
        try
        {
            if (File.Exists(_path) && File.ReadAllText(_path) == text)
            {
                return true;
            }

            // By renaming, since another run may be importing it; another daemon may be doing the same.
            Directory.CreateDirectory(folder);
            var part = $"{_path}.{Environment.ProcessId}.part";
            File.WriteAllText(part, text);
            File.Move(part, _path, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
