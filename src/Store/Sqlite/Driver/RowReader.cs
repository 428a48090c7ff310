using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aios.Store.Sqlite.Driver;

/// <summary>Has Dapper read rows in which any program may have written anything. See <see cref="Row"/>.</summary>
internal sealed class RowReader<T>(Func<Row, T> map) : RowFactory<T>
{
    /// <inheritdoc />
    public override object? Tokenize(DbDataReader reader, Span<int> tokens, int columnOffset) => null;

    /// <inheritdoc />
    public override T Read(DbDataReader reader, ReadOnlySpan<int> tokens, int columnOffset, object? state) =>
        map(new Row(((SqliteDataReader)reader).Handle!));
}
