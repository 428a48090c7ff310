using Aios.Platform;

namespace Aios.Jobs;

/// <summary>A file that is on the disk already, but not yet in its place.</summary>
internal sealed class PreparedJobFile(string part, string target) : IDisposable
{
    private bool _isPut;

    /// <summary>Puts it there, in one step; once, however often it is called.</summary>
    /// <exception cref="IOException">It cannot be put there.</exception>
    public void Put()
    {
        if (_isPut)
            return;
        DurableFile.Replace(part, target);
        _isPut = true;
    }

    /// <summary>Removes what was not put anywhere.</summary>
    public void Dispose() => File.Delete(part);
}
