namespace Aios.Tests.Store.Contract;

/// <summary>A new database of one kind, for one test. What a store must do is tested once, against each kind.</summary>
public interface IStoreFixture : IDisposable
{
    /// <summary>Where it is; the database is made by whoever connects first.</summary>
    string Address { get; }

    /// <summary>A process takes all triggers away in a transaction of its own, and is killed before it commits.</summary>
    void DieHalfWay();

    /// <summary>Another program inserts a trigger, as the public statement does; it may say a status, too.</summary>
    void InsertTrigger(string jobName, string? status = null);
}
