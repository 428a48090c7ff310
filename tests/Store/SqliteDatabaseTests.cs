using System.Diagnostics;
using Aios.Store.Sqlite;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Tables;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aios.Tests.Store;

/// <summary>What Microsoft.Data.Sqlite and Dapper are made to do otherwise than by themselves.</summary>
public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteDatabase _database;

    public SqliteDatabaseTests()
    {
        var path = _folder.File("orchestrator.db");
        SqliteStoreConnection.Open(path).Dispose();
        _database = SqliteDatabase.Open(path, SqliteOpenMode.ReadWrite);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(400)]
    public void A_lock_is_waited_for_as_long_as_was_said(int patience)
    {
        using var other = SqliteDatabase.Open(_database.Path, SqliteOpenMode.ReadWrite);
        other.BeginTransaction(deferred: false);
        _database.Patience = TimeSpan.FromMilliseconds(patience);
        foreach (var ask in new Action[] { Set, () => _database.BeginTransaction(deferred: false) })
        {
            var started = Stopwatch.GetTimestamp();
            var error = Assert.Throws<SqliteException>(ask);
            Assert.Equal("database is locked", error.Text());
            Assert.InRange(Stopwatch.GetElapsedTime(started).TotalMilliseconds, patience * 0.9, patience + 5000);
        }

        other.Rollback();
        Set();
    }

    [Fact]
    public void A_command_belongs_to_the_transaction_that_is_open()
    {
        _database.BeginTransaction(deferred: false);
        Set();
        _database.Rollback();
        Assert.Null(new StateTable(_database).Find("job", "key"));
        _database.BeginTransaction(deferred: false);
        Set();
        _database.Commit();
        Assert.Equal("1", new StateTable(_database).Find("job", "key"));
    }

    [Fact]
    public void A_transaction_that_SQLite_has_taken_back_is_over()
    {
        _database.BeginTransaction(deferred: false);
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(_database.Handle, "ROLLBACK"));
        Assert.Throws<SqliteException>(_database.Commit);
        _database.Rollback();
        Assert.False(_database.IsInTransaction);
        _database.BeginTransaction(deferred: false);
        Set();
        _database.Commit();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("Grüße 😀")]
    public void A_text_is_stored_and_read_whole(string text)
    {
        new StateTable(_database).Set("job", text, text, DateTimeOffset.UnixEpoch);
        Assert.Equal(text, new StateTable(_database).Find("job", text));
    }

    [Theory]
    [InlineData("file:a.db?mode=memory")]
    [InlineData("a;Mode=Memory;b='c\" d .db ")]
    [InlineData("|DataDirectory|a.db")]
    [InlineData(" Grüße.db")]
    public void A_file_is_opened_by_its_name_whatever_that_is(string name)
    {
        var path = _folder.File(name);
        using (var database = SqliteDatabase.Open(path, SqliteOpenMode.ReadWriteCreate))
            database.Run("CREATE TABLE t (a)");
        Assert.True(new FileInfo(path).Length > 0);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private void Set() => new StateTable(_database).Set("job", "key", "1", DateTimeOffset.UnixEpoch);
}
