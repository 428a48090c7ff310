using SQLitePCL;

namespace Aios.Queue;

/// <summary>What keeps the database from taking writes just now. It passes by itself or when somebody mends it.</summary>
/// <param name="What">In words, with what to do.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record StoreTrouble(string What, DateTimeOffset Since)
{
    /// <summary>Whether an error of SQLite can pass, so that the same work is worth trying again.</summary>
    internal static bool CanPass(int code) => (code & 0xff) is
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_READONLY or raw.SQLITE_IOERR
        or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL;

    /// <summary>What an error of SQLite means for the person who runs the daemon.</summary>
    internal static string Explain(int code, string path) => (code & 0xff) switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL =>
            $"{path} is locked by another process; waiting until it lets go.",
        raw.SQLITE_FULL => $"The disk that holds {path} is full; waiting for space.",
        raw.SQLITE_READONLY => $"{path} is read-only; waiting until it may be written (check its permissions and those of its folder).",
        raw.SQLITE_IOERR => $"The disk that holds {path} answered with an error ({raw.sqlite3_errstr(code).utf8_to_string()}); trying again.",
        raw.SQLITE_CANTOPEN => $"The journal beside {path} cannot be made; waiting until its folder may be written.",
        _ => $"{path}: {raw.sqlite3_errstr(code).utf8_to_string()}.",
    };
}
