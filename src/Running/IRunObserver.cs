namespace Aios.Running;

/// <summary>Hears of a run's child, and takes what it leaves.</summary>
internal interface IRunObserver : IChildObserver
{
    /// <summary>Says how the child is talked to. Before its start; again if it is started in another way after all.</summary>
    void TalkBy(IRunExchange exchange);
}
