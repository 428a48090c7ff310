namespace Aios.Running.Linux.Warm;

/// <summary>A file whose content a resident holds.</summary>
/// <param name="Path">Of the file itself, which may be a link.</param>
/// <param name="Modified">Microseconds since 1970; 0 if it was not there.</param>
internal readonly record struct WatchedFile(string Path, long Modified)
{
    /// <summary>Whether it was changed since.</summary>
    public bool IsChanged => ModifiedNow() != Modified;

    private long ModifiedNow()
    {
        var ticks = File.GetLastWriteTimeUtc(Path).Ticks - DateTime.UnixEpoch.Ticks;

        // .NET has the year 1601 for a file that is not there.
        return ticks < 0 ? 0 : ticks / TimeSpan.TicksPerMicrosecond;
    }
}
