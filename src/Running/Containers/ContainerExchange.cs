using Aios.Running.Secrets;

namespace Aios.Running.Containers;

/// <summary>How a program in a container gets its arguments and leaves its outcome: by files that it sees elsewhere.</summary>
internal sealed class ContainerExchange(ContainerFiles files, bool ofFunction) : IRunExchange
{
    /// <summary>Why it could not start, or what the engine knows of its end; null if there is nothing to say.</summary>
    public string? Failure { get; set; }

    /// <summary>When it ended, by the engine's clock; null where that is now.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, string>> Environment
    {
        get
        {
            yield return new(RunFiles.KwargsName, ContainerLayout.InRun(ContainerLayout.Kwargs));
            yield return new(RunFiles.ResultName, ContainerLayout.InRun(ContainerLayout.Result));
            if (ofFunction)
                yield return new(RunFiles.ArgsName, ContainerLayout.InRun(ContainerLayout.Args));
        }
    }

    /// <summary>The files stay until the run's end is durable.</summary>
    public RunReturn Take(SecretMask? mask)
    {
        var result = ResultFile.Read(files.PathOf(ContainerLayout.Result), mask, out var problem);
        var reason = ofFunction ? ResultFile.ReadReason(files.PathOf(ContainerLayout.Reason)) : null;
        return new(result, problem, Failure ?? reason) { Ended = Ended };
    }
}
