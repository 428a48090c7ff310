namespace Aios.Running;

/// <summary>A run used more than one of its limits allows.</summary>
/// <param name="Limit">Its name in the job list.</param>
/// <param name="What">How much, in words.</param>
/// <param name="AtOnce">It must not go on for its grace.</param>
internal sealed record LimitBreach(string Limit, string What, bool AtOnce = false)
{
    /// <summary>For the run's record.</summary>
    public string Reason => $"limit {Limit}: {What}";
}
