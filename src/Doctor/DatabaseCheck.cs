using Aios.Daemon.Presence;
using Aios.Store;

namespace Aios.Doctor;

/// <summary>The database: can it be written, and is it sound?</summary>
/// <param name="longest">How long it may be looked through: that reads the whole file and holds up commits as long.</param>
internal sealed class DatabaseCheck(TimeSpan longest) : ICheck
{
    public string Name => "database";

    public Finding Look(ExaminationInput setUp)
    {
        var database = setUp.Settings.Database;
        var path = database.Name;
        if (WhyNotWritable(setUp.DatabaseFolder) is { } reason)
        {
            return Finding.Problem(
                $"no file can be created in the folder {setUp.DatabaseFolder}: {reason}",
                "AIOS creates the journal and .aios/ beside the database: give its user the permission to write there."
            );
        }

        if (database.Examine(longest) is not { } found)
            return WithoutDatabase(database, setUp);
        if (found.Damage is [var first, ..])
            return Finding.Problem($"{path} is damaged: {first}", found.MendAdvice);
        if (found.NotWritable is { } why)
            return Finding.Problem(why, "Nothing can be recorded until that is fixed.");
        var size = $"{path}, {found.Bytes / 1e6:0.0} MB";
        return found.IsChecked
            ? Finding.Ok($"{size}, sound")
            : Finding.Note(
                $"{size}; looking it through was given up after {longest.TotalSeconds} s, without damage so far",
                found.CheckAdvice
            );
    }

    private static Finding WithoutDatabase(IDatabase database, ExaminationInput setUp) =>
        DaemonPresence.Of(database, setUp.Clock.GetUtcNow()).Lives
            ? Finding.Problem(
                $"a daemon is running, and {database.Name} is {(database.Exists ? "empty" : "gone")}",
                "Stop AIOS and restore a backup (`aios restore BACKUP`)."
            )
            : Finding.Ok($"{database.Name} is made when AIOS starts");

    private static string? WhyNotWritable(string folder)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(folder, $".aios-doctor-{Environment.ProcessId}"),
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                1,
                FileOptions.DeleteOnClose
            );
            probe.WriteByte(0);
            probe.Flush();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }
}
