namespace Aios.Store.Audit;

/// <summary>The words in <c>audit.action</c>.</summary>
internal static class AuditActions
{
    /// <summary>The first row of each chain.</summary>
    public const string Begin = "audit.begin";

    /// <summary>Somebody has looked at what <c>verify</c> found, and goes on from what is there.</summary>
    public const string Accept = "audit.accept";

    public const string TriggerCreate = "trigger.create";
    public const string TriggerCancel = "trigger.cancel";
    public const string RunStop = "run.stop";
    public const string RunRestart = "run.restart";
    public const string JobStop = "job.stop";
    public const string JobRestart = "job.restart";
    public const string JobPause = "job.pause";
    public const string JobResume = "job.resume";
    public const string StateSet = "state.set";
    public const string StateDelete = "state.delete";
    public const string ConfigSet = "config.set";
    public const string ConfigUnset = "config.unset";
    public const string KeyAdd = "key.add";
    public const string KeyRevoke = "key.revoke";
    public const string FlowRetry = "flow.retry";
    public const string FlowCancel = "flow.cancel";
    public const string FlowUpdate = "flow.update";
    public const string SignalSend = "signal.send";
    public const string ApprovalApprove = "approval.approve";
    public const string ApprovalReject = "approval.reject";
    public const string ConfirmAsk = "confirm.ask";
    public const string ConfirmUse = "confirm.use";
    public const string ConfirmRefuse = "confirm.refuse";
    public const string CallReconcile = "call.reconcile";
    public const string BudgetReconcile = "budget.reconcile";
    public const string HistoryDelete = "history.delete";
    public const string ListReload = "list.reload";
    public const string ListSave = "list.save";
    public const string ListChange = "list.change";
    public const string ModelsSave = "models.save";
    public const string ModelsChange = "models.change";
    public const string DaemonStart = "daemon.start";
    public const string DaemonStop = "daemon.stop";
    public const string DatabaseRestore = "database.restore";
}
