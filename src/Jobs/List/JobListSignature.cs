using System.Collections.Immutable;
using Aios.Platform;

namespace Aios.Jobs;

/// <summary>
/// The <see cref="JobListFiles.Signature"/> for a daemon, which asks each second: it goes through the names in the folder only when
/// these have changed.
/// </summary>
internal sealed class JobListSignature(string folder)
{
    private readonly FolderNames _names = new(folder);
    private ImmutableArray<string> _files = [];

    /// <summary>The signature now.</summary>
    public string Read()
    {
        try
        {
            // Asked before they are read: what comes in between is a change the next time.
            if (_names.MayHaveChanged())
                _files = JobListFiles.In(folder);
            return JobListFiles.SignatureOf(_files);
        }
        catch (Exception error) when (JobListFiles.IsUnreadable(error))
        {
            _names.Forget();
            return JobListFiles.Unreadable;
        }
    }
}
