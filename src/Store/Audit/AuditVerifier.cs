using System.Globalization;

namespace Aios.Store.Audit;

/// <summary>
/// Looks whether the audit is as it was written: whether each row follows from the one before, and whether the ends of
/// the chain that are known from outside of the database are still in it. It reads in short steps, so that it holds up
/// nobody.
/// </summary>
/// <param name="reader">Of the database.</param>
/// <param name="file">What stands beside it.</param>
/// <param name="known">Another end that somebody has kept, from the daemon's log, say; null for none.</param>
internal sealed class AuditVerifier(IStoreReader reader, AuditHeadFile file, AuditHead? known = null)
{
    private const int RowsAtOnce = 2000;
    private const int MostFindings = 50;

    private readonly List<string> _findings = [];
    private readonly Dictionary<long, string> _wanted = [];
    private AuditHead _last = AuditHead.Start;
    private long _rows;

    /// <summary>Looks at all of it.</summary>
    /// <param name="progress">Is told how many rows are done out of all; null tells nobody.</param>
    public AuditVerdict Verify(Action<long, long>? progress = null)
    {
        // Read first: rows that are added meanwhile come after it.
        var anchor = file.Read();
        if (anchor is not null)
            _wanted[anchor.Head.Id] = "";
        if (known is not null)
            _wanted[known.Id] = "";
        Walk(progress);
        foreach (var guard in reader.MissingAuditGuards())
            Find($"the trigger {guard} is not what it was, so the table can be altered");
        CheckAnchor(anchor);
        if (known is not null)
            CheckEnd(known, "the given end");
        return new AuditVerdict(_rows, _last, anchor, _findings);
    }

    private void Walk(Action<long, long>? progress)
    {
        var newest = reader.NewestAuditRow();
        while (reader.AuditRows(_last.Id, RowsAtOnce) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
                Check(row);
            progress?.Invoke(Math.Min(_last.Id, newest), newest);
        }
    }

    private void Check(AuditRow row)
    {
        _rows++;
        if (row.Id == _last.Id + 2)
            Find(string.Create(CultureInfo.InvariantCulture, $"row {row.Id - 1} was removed"));
        else if (row.Id > _last.Id + 2)
            Find(string.Create(CultureInfo.InvariantCulture, $"rows {_last.Id + 1} to {row.Id - 1} were removed"));
        else if (AuditChain.Hash(_last.Hash, row.Id, row.Seconds, row.Entry) != row.Hash)
            Find(string.Create(CultureInfo.InvariantCulture, $"row {row.Id} was altered, or does not follow from the one before"));
        if (_wanted.ContainsKey(row.Id))
            _wanted[row.Id] = row.Hash;
        _last = row.Head;
    }

    private void CheckAnchor(AnchoredHead? anchor)
    {
        if (anchor is null)
        {
            if (_rows > 0)
                Find($"there is no {file.Path}, so rows that were cut off the end, or a rewritten chain, could not be detected");
            return;
        }

        var id = reader.DatabaseId();
        if (anchor.DatabaseId != id)
            Find($"{file.Path} is of the database {anchor.DatabaseId}, and this is {id}: another database was put in its place");
        else
            CheckEnd(anchor.Head, file.Path);
    }

    private void CheckEnd(AuditHead end, string source)
    {
        if (_wanted[end.Id] == end.Hash)
            return;
        if (end.Id > _last.Id)
            Find(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{source} knows of row {end.Id}, and the last row is {_last.Id}: the end was cut off"
                )
            );
        else
            Find(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"row {end.Id} is not the one that {source} knows of: the chain was cut and continued, or was rewritten"
                )
            );
    }

    private void Find(string finding)
    {
        if (_findings.Count < MostFindings)
            _findings.Add(finding);
        else if (_findings.Count == MostFindings)
            _findings.Add("... and more");
    }
}
