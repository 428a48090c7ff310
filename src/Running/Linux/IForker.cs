namespace Aios.Running.Linux;

/// <summary>A process that forks children of ours.</summary>
internal interface IForker
{
    /// <summary>
    /// Makes known what was forked and has said so. Each child says so before anything else, so after its death it is known.
    /// </summary>
    void Hear();
}
