using System.Collections.Immutable;

namespace Aios.Jobs;

/// <summary>Collects what a load finds. A list that is wrong all over is told up to a limit, and how much more there is.</summary>
internal sealed class ProblemList
{
    /// <summary>More than anybody reads at once.</summary>
    public const int MostErrors = 1000;

    private readonly List<JobListError> _errors = [];
    private readonly List<JobListError> _warnings = [];
    private int _untold;

    /// <summary>How many errors there were, told or not.</summary>
    public int Count => _errors.Count + _untold;

    /// <summary>Whether further errors are only counted, so that no work need go into their text.</summary>
    public bool IsFull => _errors.Count >= MostErrors;

    public void Add(JobListError error)
    {
        if (IsFull)
            _untold++;
        else
            _errors.Add(error);
    }

    /// <summary>Whether further warnings are not even counted.</summary>
    public bool IsFullOfWarnings => _warnings.Count >= MostErrors;

    public void Warn(JobListError warning)
    {
        if (!IsFullOfWarnings)
            _warnings.Add(warning);
    }

    /// <summary>File by file, from the top of each to its end.</summary>
    public ImmutableArray<JobListError> Errors() =>
        _untold == 0
            ? [.. Sorted()]
            :
            [
                .. Sorted(),
                _errors[^1] with
                {
                    Line = 0,
                    Column = 0,
                    Job = null,
                    Field = null,
                    Problem = $"{_untold} more errors are not shown",
                    Nearest = [],
                },
            ];

    public ImmutableArray<JobListError> Warnings() => [.. _warnings];

    private IEnumerable<JobListError> Sorted() =>
        _errors.GroupBy(error => error.File).SelectMany(file => file.OrderBy(error => error.Line).ThenBy(error => error.Column));
}
