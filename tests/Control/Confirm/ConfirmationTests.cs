using Aios.Control.Confirm;
using Aios.Control.Flows;
using Aios.Store;
using Aios.Store.Audit;
using Aios.Store.Flows;
using Aios.Tests.Jobs;
using Aios.Tests.Support;

namespace Aios.Tests.Control.Confirm;

/// <summary>Confirmations over a real database: who may give them, and when they count.</summary>
public sealed class ConfirmationTests : IDisposable
{
    private static readonly Actor Ada = new("user ada", "cli on here");
    private static readonly Actor AdaAsRoot = new("user root (sudo by ada)", "cli on here");
    private static readonly Actor Eve = new("key eve", "api 10.0.0.7");
    private static readonly ConfirmRule Other = new(ConfirmBy.Other, TimeSpan.FromMinutes(5));
    private static readonly RiskyOperation Cancel = RiskyOperation.CancelMany([1, 2]);
    private readonly DaemonRig _rig = new([.. Lists.Jobs("- {name: a, type: trigger, command: [\"true\"]}")]);

    private DateTimeOffset Now => _rig.Clock.GetUtcNow();

    [Fact]
    public void Another_person_decides_and_the_asker_uses_it_once()
    {
        var asked = Ask();
        Assert.Equal(asked.Id, Ask().Id);
        Assert.Contains("another person must decide", Refused(Decide(asked.Id, Ada), RefusalKind.Forbidden), StringComparison.Ordinal);
        Assert.Contains(
            "another person must decide",
            Refused(Decide(asked.Id, AdaAsRoot), RefusalKind.Forbidden),
            StringComparison.Ordinal
        );
        Assert.Contains("another person must approve it first", Refused(Use(asked.Id)), StringComparison.Ordinal);
        Assert.Null(Decide(asked.Id, Eve));
        Assert.Equal((asked.Id, ApprovalStatus.Approved), (Ask().Id, Ask().Status));
        Assert.Contains("was asked by user ada", Refused(Use(asked.Id, Eve)), StringComparison.Ordinal);
        Assert.Contains("has changed", Refused(Use(asked.Id, Ada, RiskyOperation.CancelMany([1, 3]))), StringComparison.Ordinal);
        Assert.Contains(
            "about another operation (cancel_many)",
            Refused(Use(asked.Id, Ada, RiskyOperation.DeleteHistory("/a.db", [("keep_days", 7)]))),
            StringComparison.Ordinal
        );
        Assert.Null(Use(asked.Id));
        Assert.Contains("counts once", Refused(Use(asked.Id)), StringComparison.Ordinal);
        Assert.Contains("is not there", Refused(Use(99)), StringComparison.Ordinal);
        Assert.NotEqual(asked.Id, Ask().Id);
        Assert.Equal(
            ["confirm.ask", "confirm.refuse", "approval.approve", "confirm.refuse", "confirm.refuse", "confirm.refuse", "confirm.use"],
            _rig.Sql.Column("SELECT action FROM audit WHERE action LIKE 'confirm.%' OR action LIKE 'approval.%' ORDER BY id").Take(7)
        );
        Assert.Equal(
            $$"""user ada|cancel_many 2 flows|{"confirmed":"approval {{asked.Id}}","digest":"{{Cancel.Digest}}"}""",
            Assert.Single(_rig.Sql.Column("SELECT actor || '|' || subject || '|' || after FROM audit WHERE action = 'confirm.use'"))
        );
    }

    [Fact]
    public void A_rejected_one_does_not_count()
    {
        var asked = Ask();
        Assert.Null(In(queue => queue.Decide(asked.Id, Cancel.Digest, false, Nothing, "no", Decider(Eve), Now)));
        Assert.Contains("is rejected (rejected by key eve: no)", Refused(Use(asked.Id)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_decides_expires_and_what_nobody_uses_does_not_count()
    {
        var asked = Ask();
        _rig.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains("has expired", Refused(Use(asked.Id)), StringComparison.Ordinal);
        Assert.Contains("has expired", Refused(Decide(asked.Id, Eve)), StringComparison.Ordinal);
        _rig.Tick();
        Assert.Equal(ApprovalStatus.Expired, In(queue => queue.Approvals.Find(asked.Id))!.Status);
        Assert.Contains("is expired", Refused(Use(asked.Id)), StringComparison.Ordinal);

        var again = Ask();
        Assert.NotEqual(asked.Id, again.Id);
        _rig.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Null(Decide(again.Id, Eve));
        _rig.Clock.Advance(TimeSpan.FromMinutes(5.1));
        Assert.Contains("could be used until", Refused(Use(again.Id)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_asker_alone_confirms_by_repeating_and_only_what_was_shown()
    {
        Assert.Contains("nobody was shown it", Refused(Repeat(Cancel.Digest)), StringComparison.Ordinal);
        var asked = In(queue => queue.AskToConfirm(Cancel, ConfirmRule.Default, Ada, Now));
        Assert.Contains("nobody else decides it", Refused(Decide(asked.Id, Eve), RefusalKind.Forbidden), StringComparison.Ordinal);
        Assert.Contains("has changed", Refused(Repeat(new string('0', 64))), StringComparison.Ordinal);
        Assert.Null(Repeat(Cancel.Digest));
        Assert.Contains("counts once", Refused(Repeat(Cancel.Digest)), StringComparison.Ordinal);
        In(queue => queue.AskToConfirm(Cancel, ConfirmRule.Default, Ada, Now));
        _rig.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains("has expired", Refused(Repeat(Cancel.Digest)), StringComparison.Ordinal);
    }

    [Fact]
    public void Old_ones_go_and_the_audit_keeps_them()
    {
        var asked = Ask();
        Decide(asked.Id, Eve);
        Use(asked.Id);
        _rig.Clock.Advance(TimeSpan.FromDays(91));
        var later = Ask();
        Assert.Null(In(queue => queue.Approvals.Find(asked.Id)));
        Assert.Empty(In(queue => queue.Approvals.Decisions(asked.Id)));
        Assert.True(later.Id > asked.Id);
    }

    public void Dispose() => _rig.Dispose();

    private static Dictionary<string, System.Text.Json.JsonElement> Nothing { get; } = [];

    private static Decider Decider(Actor who) => new(who, ["viewer", "approver"]);

    private static string Refused(Refusal? refusal, RefusalKind kind = RefusalKind.Conflict)
    {
        Assert.Equal(kind, refusal?.Kind);
        return refusal!.Words;
    }

    private ApprovalRecord Ask() => In(queue => queue.AskToConfirm(Cancel, Other, Ada, Now));

    private Refusal? Decide(long id, Actor who) => In(queue => queue.Decide(id, Cancel.Digest, true, Nothing, null, Decider(who), Now));

    private Refusal? Use(long id, Actor? by = null, RiskyOperation? operation = null) =>
        In(queue => queue.UseConfirmation(operation ?? Cancel, Confirmed.By(id), by ?? Ada, Now));

    private Refusal? Repeat(string digest) => In(queue => queue.UseRepetition(Cancel, digest, Ada, Now));

    private T In<T>(Func<IStoreTransaction, T> work) => _rig.Connection.Write(work);
}
