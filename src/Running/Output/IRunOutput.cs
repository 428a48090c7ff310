namespace Aios.Running;

/// <summary>Takes what programs print.</summary>
internal interface IRunOutput
{
    /// <summary>
    /// One line. Called from the thread that reads all outputs, in order within a stream: must neither block nor throw.
    /// </summary>
    void Line(long runId, OutputLine line);
}
