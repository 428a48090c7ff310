using System.Globalization;
using System.Text;
using System.Text.Json;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Control.Confirm;

/// <summary>An operation of AIOS itself that is confirmed before it is done.</summary>
/// <param name="Kind">One of <see cref="RiskyKinds"/>.</param>
/// <param name="Name">The name of what is at stake, which is typed to confirm it.</param>
/// <param name="Question">What is asked.</param>
/// <param name="ShownJson">What to look at: a JSON object.</param>
/// <param name="Digest">SHA-256 of the kind and of all that it would do, in hexadecimal.</param>
internal sealed record RiskyOperation(string Kind, string Name, string Question, string ShownJson, string Digest)
{
    private const int MostShown = 50;

    /// <summary>A copy in the place of a database.</summary>
    /// <param name="database">Its path.</param>
    /// <param name="file">The path of the copy.</param>
    /// <exception cref="IOException">The copy cannot be read.</exception>
    public static RiskyOperation Restore(string database, string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var (bytes, sha256) = (stream.Length, Convert.ToHexStringLower(Sha256.Of(stream)));
        return Create(
            RiskyKinds.Restore,
            Path.GetFileName(database),
            $"Replace the database {Path.GetFileName(database)} with {Path.GetFileName(file)}?",
            json =>
            {
                json.WriteString("database", database);
                json.WriteString("file", file);
                json.WriteNumber("bytes", bytes);
                json.WriteInstant("modified", File.GetLastWriteTimeUtc(file));
                json.WriteString("sha256", sha256);
            }
        );
    }

    /// <summary>History that goes before its time.</summary>
    /// <param name="database">The path of the database.</param>
    /// <param name="kept">What is kept, by the names of the settings.</param>
    public static RiskyOperation DeleteHistory(string database, IReadOnlyList<(string Name, long Value)> kept)
    {
        var words = string.Join(", ", kept.Select(one => $"{one.Name} {one.Value}"));
        return Create(
            RiskyKinds.DeleteHistory,
            Path.GetFileName(database),
            $"Delete the history of {Path.GetFileName(database)} except {words}?",
            json =>
            {
                json.WriteString("database", database);
                foreach (var (name, value) in kept)
                    json.WriteNumber(name, value);
            }
        );
    }

    /// <summary>Several flows that are canceled by one order.</summary>
    /// <param name="flows">Their numbers.</param>
    public static RiskyOperation CancelMany(IReadOnlyList<long> flows)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"{flows.Count} flows");
        return Create(RiskyKinds.CancelMany, words, $"Cancel {words}?", json =>
            json.WriteArray("flows", flows.Order(), (writer, id) => writer.WriteNumberValue(id))
        );
    }

    /// <summary>A file of the job list with jobs that may do more than others.</summary>
    /// <param name="file">As it is to be saved.</param>
    /// <param name="jobs">What is new of that sort.</param>
    public static RiskyOperation SaveJobs(JobFile file, IReadOnlyList<RiskyJob> jobs)
    {
        var more = jobs.Count > MostShown ? string.Create(CultureInfo.InvariantCulture, $" and {jobs.Count - MostShown} more") : "";
        var names = string.Join(", ", jobs.Take(MostShown).Select(job => job.Name)) + more;
        return Create(RiskyKinds.RiskyJobs, file.Name, $"Save {file.Name} with rights for {names}?", json =>
        {
            json.WriteString("file", file.Name);
            json.WriteString("sha256", Convert.ToHexStringLower(Sha256.Of(Encoding.UTF8.GetBytes(file.Text))));
            json.WriteStartObject("jobs");
            foreach (var job in jobs)
                json.WriteArray(job.Name, job.Rights, (writer, right) => writer.WriteStringValue(right));
            json.WriteEndObject();
        });
    }

    // What is shown says all that it does, so that the digest of the one is that of the other.
    private static RiskyOperation Create(string kind, string name, string question, Action<Utf8JsonWriter> members)
    {
        var shown = JsonText.Write(json =>
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        });
        return new(kind, name, question, shown, Convert.ToHexStringLower(Sha256.Of(Encoding.UTF8.GetBytes($"{kind}\n{shown}"))));
    }
}
