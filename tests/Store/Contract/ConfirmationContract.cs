using Aios.Store;
using Aios.Store.Flows;

namespace Aios.Tests.Store.Contract;

/// <summary>Operations that people confirm: each confirmation counts once, for what was shown.</summary>
public abstract class ConfirmationContract<TFixture> : StoreContract<TFixture>
    where TFixture : IStoreFixture, new()
{
    [Fact]
    public void A_confirmation_counts_once_among_fifty()
    {
        var id = Ask(Operation());
        Assert.False(In(store => store.Approvals.Use(id, "abc", Now)));
        Decide(id, "abc", "ada");
        Assert.False(In(store => store.Approvals.Use(id, "abd", Now)));
        var used = 0;
        var all = new ParallelOptions { MaxDegreeOfParallelism = 50 };
        Parallel.For(0, 50, all, _ =>
        {
            using var connection = Database.Connect();
            if (connection.Write(store => store.Approvals.Use(id, "abc", Now)))
                Interlocked.Increment(ref used);
        });
        Assert.Equal(1, used);
        Assert.Equal(Now, Read(reader => reader.Approval(id))!.Used);
    }

    [Fact]
    public void A_confirmation_counts_for_as_long_as_it_could_be_decided()
    {
        var (one, two) = (Ask(Operation()), Ask(Operation()));
        Assert.True(In(store => store.Approvals.End(one, ApprovalStatus.Approved, "yes", Now.AddMinutes(4))));
        Assert.True(In(store => store.Approvals.End(two, ApprovalStatus.Approved, "yes", Now.AddMinutes(4))));
        Assert.Equal(Now.AddMinutes(9), Read(reader => reader.Approval(one))!.UsableUntil);
        Assert.True(In(store => store.Approvals.Use(one, "abc", Now.AddMinutes(9))));
        Assert.False(In(store => store.Approvals.Use(two, "abc", Now.AddMinutes(9.1))));
        Assert.Null(Read(reader => reader.Approval(two))!.Used);
    }

    [Fact]
    public void Confirmations_are_found_by_what_they_do_and_who_asked()
    {
        var (one, two) = (Ask(Operation()), Ask(Operation()));
        var mine = Ask(Operation(ApprovalKinds.Confirmation));
        Assert.NotEqual(one, two);
        Assert.Equal(two, Latest(ApprovalKinds.Operation, "abc", "eve"));
        Assert.Equal(mine, Latest(ApprovalKinds.Confirmation, "abc", "eve"));
        Assert.Null(Latest(ApprovalKinds.Operation, "abc", "ada"));
        Assert.Null(Latest(ApprovalKinds.Operation, "abd", "eve"));
        var approval = Read(reader => reader.Approval(two))!;
        Assert.Equal(("restore", "eve", null, null), (approval.Operation, approval.AskedBy, approval.Used, approval.FlowId));

        // What somebody confirms alone waits for nobody else.
        Assert.Equal(
            [two, one],
            Read(reader => reader.ApprovalPage(new RowFilter(), ApprovalStatus.Waiting, null, 10)).Items.Select(found => found.Id)
        );
        Assert.Equal(2, Read(reader => reader.Events(0, 100)).Count(row => row.Kind == "approval.waiting"));

        // A question of a flow has the digest of no operation.
        var flow = Ask(new ApprovalRecord(0, ApprovalKinds.Step, "Send?", "{}", "abc"));
        Decide(flow, "abc", "ada");
        Assert.False(In(store => store.Approvals.Use(flow, "abc", Now)));

        long? Latest(string kind, string digest, string by) => In(store => store.Approvals.LatestOf(kind, digest, by))?.Id;
    }

    private static ApprovalRecord Operation(string kind = ApprovalKinds.Operation) =>
        new(0, kind, "Restore?", "{}", "abc")
        {
            Operation = "restore",
            AskedBy = "eve",
            Expires = Now.AddMinutes(5),
        };
}
