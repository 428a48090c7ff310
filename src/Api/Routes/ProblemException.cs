namespace Aios.Api.Routes;

/// <summary>The request cannot be done; the problem says why.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    /// <summary>What is answered.</summary>
    public Problem Problem { get; } = problem;
}
