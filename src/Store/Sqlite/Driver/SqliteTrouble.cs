using Aios.Platform;
using Aios.Platform.Linux;
using Aios.Store.Sqlite.Schema;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aios.Store.Sqlite.Driver;

/// <summary>What the result codes of SQLite mean for people, and for those who try again.</summary>
internal static class SqliteTrouble
{
    /// <summary>What has happened, by a result code and what SQLite says.</summary>
    // What a statement says of its values comes without a code of its own.
    public static StoreFault FaultOf(int code, string message) =>
        (code & 0xff) == raw.SQLITE_ERROR && message is "malformed JSON" or "integer overflow" ? StoreFault.Value : FaultOf(code);

    /// <summary>What has happened, by a result code.</summary>
    private static StoreFault FaultOf(int code) =>
        (code & 0xff) switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => StoreFault.Locked,
            raw.SQLITE_FULL => StoreFault.Full,
            raw.SQLITE_READONLY => StoreFault.ReadOnly,
            raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN => StoreFault.Disk,
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => StoreFault.Damaged,
            raw.SQLITE_CONSTRAINT => StoreFault.Rule,
            raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH => StoreFault.Value,
            _ => StoreFault.Other,
        };

    /// <summary>What SQLite itself says, without what Microsoft.Data.Sqlite puts before and after it.</summary>
    public static string Text(this SqliteException error)
    {
        var (first, last) = (error.Message.IndexOf('\'', StringComparison.Ordinal) + 1, error.Message.LastIndexOf('\''));
        return last > first ? error.Message[first..last] : error.Message;
    }

    /// <summary>What has happened.</summary>
    public static StoreFault Fault(this SqliteException error) => FaultOf(error.SqliteErrorCode, error.Text());

    /// <summary>What an error of a statement says. A database of a former version lacks what was added since.</summary>
    public static string TextFor(this SqliteException error, Statements sql) =>
        error.SqliteErrorCode == raw.SQLITE_ERROR && Migrator.IsFormer(sql)
            ? $"a former version of AIOS has written it ({error.Text()}); start the daemon, which brings it forward"
            : error.Text();

    /// <summary>Says that a command has given up.</summary>
    public static StoreException HasGivenUp(int code, string path) => new(GaveUp(code, path)) { Fault = FaultOf(code) };

    /// <summary>Says that the file is damaged.</summary>
    public static StoreException IsDamaged(string what, Exception error) => new(what, error) { Fault = StoreFault.Damaged };

    /// <summary>What an error says of a file that is damaged, with what to do; null if it says something else.</summary>
    internal static string? Damage(SqliteException error, string path) => Damage(error.SqliteErrorCode, error.Text(), path);

    /// <inheritdoc cref="Damage(SqliteException, string)" />
    internal static string? Damage(SqliteStoreException error, string path) => Damage(error.Code, error.Message, path);

    private static string? Damage(int code, string message, string path) =>
        code switch
        {
            raw.SQLITE_NOTADB =>
                $"{path} is damaged: something has written over it, and it is not a SQLite database any more. {Mend(path)}",
            raw.SQLITE_CORRUPT => $"{path} is damaged: {message}. {Mend(path)}",
            raw.SQLITE_ERROR when Lost.FirstOrDefault(lost => message.StartsWith(lost, StringComparison.Ordinal)) is { } lost =>
                $"{path} is damaged: the {lost["no such ".Length..^2]} \"{message[lost.Length..]}\" is gone. {Mend(path)}",
            _ => null,
        };

    private static readonly string[] JournalEndings = ["-journal", "-wal", "-shm"];
    private static readonly string[] Lost = ["no such table: ", "no such index: ", "no such column: "];

    // While a daemon lives nobody can put another file in its place.
    private static string Mend(string path) => $"Stop AIOS and restore a backup (`aios restore BACKUP`), or try `sqlite3 {path} .recover`.";

    /// <summary>Whether an error of SQLite can pass, so that the same work is worth trying again.</summary>
    internal static bool CanPass(int code) =>
        (code & 0xff)
            is raw.SQLITE_BUSY
                or raw.SQLITE_LOCKED
                or raw.SQLITE_READONLY
                or raw.SQLITE_IOERR
                or raw.SQLITE_FULL
                or raw.SQLITE_CANTOPEN
                or raw.SQLITE_PROTOCOL;

    /// <summary>What an error of SQLite means for the person who runs the daemon.</summary>
    internal static string Explain(int code, string path) => $"{Cause(code, path)}; {Waiting(code, path)}.";

    /// <summary>The same for somebody whose one command has given up.</summary>
    internal static string GaveUp(int code, string path) => $"{Cause(code, path)}. {Advice(code, path)}";

    /// <summary>Why the file cannot be opened at all, with what to do.</summary>
    internal static string NotOpened(string path) =>
        PlantedJournal(raw.SQLITE_CANTOPEN, path) is null
            ? $"{path} cannot be opened. Check its permissions and those of its folder."
            : GaveUp(raw.SQLITE_CANTOPEN, path);

    // A file or folder that has become unwritable while it is open shows as an error of the disk.
    private static int Meant(int code, string path) =>
        (code & 0xff) == raw.SQLITE_IOERR && FileAccessCheck.IsReadOnly(path) ? raw.SQLITE_READONLY : code & 0xff;

    // SQLite opens no journal but a file that it finds or makes itself.
    private static string? PlantedJournal(int code, string path) =>
        Meant(code, path) is raw.SQLITE_CANTOPEN or raw.SQLITE_IOERR
            ? JournalEndings.Select(ending => path + ending).FirstOrDefault(journal => FileIdentity.Look(journal) is { IsRegular: false })
            : null;

    private static string Cause(int code, string path) =>
        PlantedJournal(code, path) is { } planted
            ? $"{planted} is {FileIdentity.Look(planted)?.Kind}, and SQLite keeps its journal in a file of that name"
            : CauseByCode(code, path);

    private static string CauseByCode(int code, string path) =>
        Meant(code, path) switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => $"{path} is locked by another process",
            raw.SQLITE_FULL => $"The disk that holds {path} is full",
            raw.SQLITE_READONLY => $"{path} is read-only",
            raw.SQLITE_IOERR => $"The disk that holds {path} answered with an error ({raw.sqlite3_errstr(code).utf8_to_string()})",
            raw.SQLITE_CANTOPEN => $"The journal beside {path} cannot be made",
            _ => $"{path}: {raw.sqlite3_errstr(code).utf8_to_string()}",
        };

    private static string Waiting(int code, string path) =>
        PlantedJournal(code, path) is not null
            ? "waiting until it is removed"
            : Meant(code, path) switch
            {
                raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => "waiting until it lets go",
                raw.SQLITE_FULL => "waiting for space",
                raw.SQLITE_READONLY => "waiting until it may be written (check its permissions and those of its folder)",
                raw.SQLITE_CANTOPEN => "waiting until its folder may be written",
                _ => "trying again",
            };

    private static string Advice(int code, string path) =>
        PlantedJournal(code, path) is not null
            ? "Find out who made it, and remove it."
            : Meant(code, path) switch
            {
                raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => "Try again when it is free.",
                raw.SQLITE_FULL => "Make room and try again.",
                raw.SQLITE_READONLY => "Check its permissions and those of its folder.",
                raw.SQLITE_CANTOPEN => "Check the permissions of its folder.",
                _ => "Try again; if it stays so, check the disk.",
            };
}
