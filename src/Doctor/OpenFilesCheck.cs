using Aios.Platform;

namespace Aios.Doctor;

/// <summary>May the daemon open as many files as its runs need?</summary>
internal sealed class OpenFilesCheck : ICheck
{
    // Two pipes for each run while it goes on, more for the moment of its start, and what the daemon itself has open.
    private const int EachRun = 8;
    private const int Itself = 128;

    public string Name => "open files";

    public Finding Look(ExaminationInput setUp)
    {
        if (OpenFiles.Limit() is not { } limit)
            return Finding.Ok("no known limit");
        var runs = setUp.Settings.MaxParallel + setUp.Runnable.Count(job => job.IsKeptRunning);
        var needed = Itself + EachRun * runs;
        var figure = $"{limit} at once, {needed} for {runs} runs";
        return limit < needed
            ? Finding.Problem(
                figure,
                "Raise the limit (`ulimit -n`, LimitNOFILE of a systemd unit, --ulimit nofile of Docker), or lower max_parallel."
            )
            : Finding.Ok(figure);
    }
}
