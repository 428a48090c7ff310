using Aios.Store;
using Aios.Store.Devices;
using Aios.Store.Flows;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Tests.Store.Contract;

/// <summary>What the parts of the contract share: a database, a connection to it, and an hour at which all happens.</summary>
/// <typeparam name="TFixture">Makes the database.</typeparam>
public abstract class StoreContract<TFixture> : IDisposable
    where TFixture : IStoreFixture, new()
{
    private protected static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private protected static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(30);

    private protected StoreContract()
    {
        Fixture = new TFixture();
        Database = Databases.At(Fixture.Address);
        Connection = Database.Connect();
    }

    private protected TFixture Fixture { get; }

    private protected IDatabase Database { get; }

    private protected IStoreConnection Connection { get; }

    /// <inheritdoc />
    public virtual void Dispose()
    {
        Connection.Dispose();
        Fixture.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected T In<T>(Func<IStoreTransaction, T> work) => Connection.Write(work);

    private protected void In(Action<IStoreTransaction> work) =>
        Connection.Write(transaction =>
        {
            work(transaction);
            return true;
        });

    private protected T Read<T>(Func<IStoreReader, T> read)
    {
        using var reader = Database.Read()!;
        return read(reader);
    }

    private protected long Enqueue(string job = "job", string source = TriggerSource.CommandLine) =>
        In(store => store.Triggers.Add(New(job, source)))!.Value;

    private protected long Start(long trigger, string job = "job", string device = "here", string boot = "boot") =>
        In(store =>
        {
            Assert.True(store.Triggers.Claim(trigger));
            return store.Runs.Begin(trigger, job, 1, device, boot, Now);
        });

    private protected TriggerSummary Trigger(long id) => Read(reader => reader.Trigger(id))!;

    private protected RunSummary Run(long id) => Read(reader => reader.Run(id))!;

    private protected static NewTrigger New(string job = "job", string source = TriggerSource.CommandLine) => new(job, source, Now);

    private protected static DeviceRecord Device(string name, string boot = "boot") =>
        new(name, boot, ["gpu"], 1, "machine", "domain", "0.2.0", 4, Now);

    private protected long Ask(ApprovalRecord approval) => In(store => store.Approvals.Ask(approval with { Created = Now }));

    private protected DecisionOutcome Decide(long id, string digest, string actor) =>
        In(store => store.Approvals.Decide(id, digest, new Decision(actor, true, Now) { Comment = "fine", FieldsJson = "{\"a\":1}" }));
}
