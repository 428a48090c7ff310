using Aios.Running.Containers.Engine;

namespace Aios.Running.Containers;

/// <summary>How the container engine is.</summary>
/// <param name="Answers">Whether it can be used.</param>
/// <param name="Words">One line for people: who it is and where, or why it cannot be used and what to do.</param>
internal sealed record EngineReport(bool Answers, string Words)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks the engine that the environment names, or the usual one. Takes seconds at most.</summary>
    public static async Task<EngineReport> Ask()
    {
        EngineClient? engine = null;
        try
        {
            return await Ask(() => engine ??= EngineClient.OfEnvironment(TimeProvider.System), CancellationToken.None)
                .ConfigureAwait(false);
        }
        finally
        {
            engine?.Dispose();
        }
    }

    internal static async Task<EngineReport> Ask(Func<EngineClient> find, CancellationToken end)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end);
        limit.CancelAfter(Patience);
        EngineClient? engine = null;
        try
        {
            engine = find();
            var identity = await engine.Ping(limit.Token).ConfigureAwait(false);
            return new(true, $"{identity} at {engine.Address}");
        }
        catch (EngineException error)
        {
            return new(false, error.Message);
        }
        catch (OperationCanceledException)
        {
            return new(
                false,
                $"the container engine at {engine!.Address} did not answer within {Patience.TotalSeconds:0} s; it is overloaded or hangs"
            );
        }
    }
}
