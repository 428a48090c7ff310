namespace Aios.Running;

/// <summary>Takes what programs print.</summary>
public interface IRunOutput
{
    /// <summary>
    /// One line, without its end; at most 16 KiB of UTF-8 and free of control characters other than tab. Called from
    /// the thread that reads all outputs, in order within a stream: must neither block nor throw.
    /// </summary>
    void Line(long runId, OutputStream stream, string text, DateTimeOffset at);
}
