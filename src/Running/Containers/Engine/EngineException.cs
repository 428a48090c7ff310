using System.Net;

namespace Aios.Running.Containers.Engine;

/// <summary>The engine refused, or could not be asked. The message is for people: what it said, and what to do.</summary>
internal sealed class EngineException(string message, HttpStatusCode? status = null, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>It did not do what it was asked for.</summary>
    /// <param name="what">In words: "starting the container".</param>
    /// <param name="said">Its reason.</param>
    /// <param name="status">Of its answer; null if it told of the failure later.</param>
    /// <param name="cause">What was caught.</param>
    public static EngineException Refusal(string what, string said, HttpStatusCode? status = null, Exception? cause = null) =>
        new($"{what} failed; the container engine says: {LineText.Flatten(said)}", status, cause);

    /// <summary>What the engine answered; null if it gave no answer.</summary>
    public HttpStatusCode? Status => status;

    /// <summary>It gave no answer: it is not there, or not any more, and may come back.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>What was asked about is not there.</summary>
    public bool IsNotFound => status == HttpStatusCode.NotFound;

    /// <summary>What was asked for is so already, or the name is taken.</summary>
    public bool IsConflict => status == HttpStatusCode.Conflict;

    /// <summary>What was to be ended does not run: Podman says so with another status than Docker.</summary>
    public bool IsNotRunning =>
        status == HttpStatusCode.InternalServerError && Message.Contains("can only kill running containers", StringComparison.Ordinal);
}
