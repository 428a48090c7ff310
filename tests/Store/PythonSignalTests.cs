using Aios.Store.Sqlite;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Store;

/// <summary><c>aios.signal</c>, on a database without a daemon.</summary>
public sealed class PythonSignalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [RequiresFact(Need.Python)]
    public void A_signal_carries_what_it_was_given()
    {
        var path = _folder.File("orchestrator.db");
        SqliteStoreConnection.Open(path).Dispose();
        var output = PythonByHand.Run(
            _folder.Path,
            """
            print(aios.signal('paid'))
            print(aios.signal('paid', {'amount': 7, 'note': 'ü'}, flow=12))
            """,
            ("AIOS_DB", path)
        );
        Assert.Equal("1\n2", output);
        using var sql = new Sql(path);
        Assert.Equal(
            ["paid - null", """paid 12 {"amount": 7, "note": "ü"}"""],
            sql.Column("SELECT name || ' ' || coalesce(flow_id, '-') || ' ' || data FROM signals WHERE created > 1e9 ORDER BY id")
        );
    }

    public void Dispose() => _folder.Dispose();
}
