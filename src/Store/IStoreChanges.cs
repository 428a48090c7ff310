namespace Aios.Store;

/// <summary>Waits for commits of others. It is how every verb follows what happens.</summary>
internal interface IStoreChanges : IDisposable
{
    /// <summary>Has <see cref="Wait"/> return at once, from any thread.</summary>
    void Stir();

    /// <summary>Waits until somebody has committed, or a second is over.</summary>
    void Wait();
}
