namespace Aios.Platform;

/// <summary>
/// Gives memory back once a busy time is over. The collector runs when memory is asked for; a process that has done
/// much and then sleeps asks for none, and would keep what it took for good.
/// </summary>
internal sealed class HeapCare
{
    // Bytes. A collection of a small heap costs some milliseconds, so it must be worth it.
    private const long Worthwhile = 8 * 1024 * 1024;
    private const long Calm = 512 * 1024;

    // What SQLite takes for large rows is not counted by the collector.
    private const long WorthwhileOutside = 32 * 1024 * 1024;

    // The system has to add up a process's memory for an answer, and a sleeping one should not ask often.
    private const int LooksBetweenQuestions = 15;

    // Much of what a start takes is needed by the start alone, so the first calm moment is always worth it.
    private long _atGiveBack = -Worthwhile;
    private long _atLook = GC.GetTotalAllocatedBytes();
    private long _resident = Environment.WorkingSet;
    private int _looks;

    /// <summary>To be called now and then, two seconds apart: nothing is done while the process is still busy.</summary>
    public void Look()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var isCalm = allocated - _atLook < Calm;
        _atLook = allocated;
        if (!isCalm || (allocated - _atGiveBack < Worthwhile && !HasGrownOutside()))
            return;
        Memory.GiveBack();
        _atGiveBack = _atLook = GC.GetTotalAllocatedBytes();
        _resident = Environment.WorkingSet;
    }

    private bool HasGrownOutside()
    {
        if (++_looks % LooksBetweenQuestions != 0)
            return false;
        return Environment.WorkingSet - _resident >= WorthwhileOutside;
    }
}
