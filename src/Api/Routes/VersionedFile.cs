using Aios.Control;
using Aios.Jobs;

namespace Aios.Api.Routes;

/// <summary>Files that are saved only over the version that was read.</summary>
internal static class VersionedFile
{
    /// <summary>A file as an answer, with its version.</summary>
    public static Reply Told(JobFile file) =>
        Reply
            .Json(json =>
            {
                json.WriteStartObject();
                json.WriteString("file", file.Name);
                json.WriteString("text", file.Text);
                json.WriteEndObject();
            })
            .With("ETag", Tag(file));

    /// <summary>Reads a file; null if there is none.</summary>
    /// <exception cref="ProblemException">It cannot be had as a text.</exception>
    public static JobFile? Find(string folder, string name)
    {
        var found = JobFile.Read(folder, name, out var defect);
        return defect is null ? found : throw new ProblemException(Problem.Conflict(defect));
    }

    /// <summary>Refuses a request that was made for another version than the one that is there.</summary>
    /// <exception cref="ProblemException">It was, or does not say for which.</exception>
    public static void RequireVersion(ApiRequest request, JobFile? before, string name)
    {
        if (request.IfNoneMatch == "*" && before is null)
            return;
        if (request.IfNoneMatch == "*")
            throw new ProblemException(Changed($"There is a file {name} already. Read it, and name its ETag in If-Match."));
        if (request.IfMatch is not { } expected)
            throw new ProblemException(
                new Problem(
                    428,
                    "version-needed",
                    "Which version is replaced must be said",
                    $"Send the ETag of {name} as you have read it in If-Match, or If-None-Match: * for a new file."
                )
            );
        if (before is null)
            throw new ProblemException(Changed($"There is no file {name} any more."));
        if (expected != "*" && expected != Tag(before))
            throw new ProblemException(Changed($"{name} was changed since you read it. Read it again, and apply your changes to it."));
    }

    /// <summary>The problem of a file that cannot be written.</summary>
    // The errors of Linux for a full disk and a used-up quota.
    public static Problem NotWritten(Exception error, string name, string folder) =>
        error switch
        {
            IOException { HResult: 28 or 122 } => new Problem(
                507,
                "disk-full",
                "The disk is full",
                $"{name} cannot be written, since the disk of {folder} is full. Nothing was changed. Make room, and save again."
            ),
            IOException => Problem.Unavailable($"{name} cannot be written: {error.Message} Nothing was changed."),
            _ => Problem.Conflict($"{name} cannot be written: {error.Message} Check the permissions of {folder}."),
        };

    private static string Tag(JobFile file) => $"\"{file.Version}\"";

    private static Problem Changed(string detail) => new(412, "version-changed", "It is another version by now", detail);
}
