using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Control;
using Aios.Control.Confirm;
using Aios.Jobs;

namespace Aios.Api.Subjects;

/// <summary>The files of the job list, to read and to save. Who may save one may have any program run, so it takes an admin.</summary>
internal sealed class JobFileSubject(ApiServices services, ConfirmedWrites confirmed) : IDisposable
{
    private const string Base = $"{ApiRoutes.Base}/job-list/files";
    private const string FileName = "file";

    private static readonly ObjectShape Text = new(
        "JobFile",
        [new("file", ApiShapes.Text), new("text", ApiShapes.Text with { About = "The whole of it; its version is in the header `ETag`" })]
    );

    private static readonly ObjectShape Order = new(
        "JobFileOrder",
        [new("text", ApiShapes.Text with { Example = "[]", About = "The whole of it, YAML or JSON" })]
    );

    // So that of two that save the same version one is told.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>What can be asked for.</summary>
    public IEnumerable<Route> Routes =>
        [
            new Route
            {
                Method = "GET",
                Path = new(Base),
                Role = Role.Admin,
                Id = "listJobFiles",
                Summary = "The names of the job list's files",
                IsForAllJobs = true,
                Answer = new(ApiShapes.ListOf(new ObjectShape("JobFileName", [new("file", ApiShapes.Text)]))),
                Handle = _ => Task.FromResult(List()),
            },
            new Route
            {
                Method = "GET",
                Path = new($"{Base}/{{{FileName}}}"),
                Role = Role.Admin,
                Id = "showJobFile",
                Summary = "A file of the job list",
                IsForAllJobs = true,
                Answer = new(Text),
                Handle = request => Task.FromResult(Show(request)),
            },
            new Route
            {
                Method = "PUT",
                Path = new($"{Base}/{{{FileName}}}"),
                Role = Role.Admin,
                Id = "saveJobFile",
                Summary = "Save a file of the job list, if it was not changed since and has no mistakes; it takes effect at once",
                IsForAllJobs = true,
                IsOfVersion = true,
                IsConfirmed = true,
                Body = Order,
                NeedsBody = true,
                Answer = new(Text),
                Handle = Save,
            },
        ];

    private string Folder => services.Daemon.Settings.JobsFolder;

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private Reply List() => Paging.All(JobFile.Names(Folder), (json, name) =>
        {
            json.WriteStartObject();
            json.WriteString("file", name);
            json.WriteEndObject();
        });

    private Reply Show(ApiRequest request)
    {
        var name = NameOf(request);
        return Told(Find(name) ?? throw new ProblemException(Problem.NotFound($"There is no file {name} in the job list.")));
    }

    private async Task<Reply> Save(ApiRequest request)
    {
        var file = new JobFile(NameOf(request), request.Member("text")!.Value.GetString()!);
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            var before = Find(file.Name);
            RequireVersion(request, before, file.Name);
            RefuseMistakes(file);
            await Put(request, before, file, RiskOf(file)).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }

        services.Daemon.Reload();
        return Told(file);
    }

    // What is in force is what it is compared with: a file on the disk may have mistakes.
    private RiskyOperation? RiskOf(JobFile file)
    {
        var jobs = RiskyJob.In(JobListLoader.Parse(file.Text, file.Name).Jobs, services.Daemon.Jobs.Find);
        return jobs.Count == 0 ? null : RiskyOperation.SaveJobs(file, jobs);
    }

    private async Task Put(ApiRequest request, JobFile? before, JobFile file, RiskyOperation? risk)
    {
        try
        {
            using var prepared = file.Prepare(Folder);
            await confirmed
                .Write(request, risk, queue =>
                {
                    queue.SaveJobFile(before, file, prepared, request.Actor, services.Now);
                    return true;
                })
                .ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(NotWritten(error, file.Name));
        }
    }

    // The errors of Linux for a full disk and a used-up quota.
    private Problem NotWritten(Exception error, string name) =>
        error switch
        {
            IOException { HResult: 28 or 122 } => new Problem(
                507,
                "disk-full",
                "The disk is full",
                $"{name} cannot be written, since the disk of {Folder} is full. Nothing was changed. Make room, and save again."
            ),
            IOException => Problem.Unavailable($"{name} cannot be written: {error.Message} Nothing was changed."),
            _ => Problem.Conflict($"{name} cannot be written: {error.Message} Check the permissions of {Folder}."),
        };

    private static void RequireVersion(ApiRequest request, JobFile? before, string name)
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

    // Mistakes that other files have had before are no reason to refuse this one.
    private void RefuseMistakes(JobFile file)
    {
        var list = JobListLoader.Load(Folder, services.Daemon.Settings.ProgramsFolder, file);
        var mistakes = list.Errors.Where(error => Path.GetFileName(error.File) == file.Name).ToList();
        if (mistakes.Count == 0)
            return;
        throw new ProblemException(
            new Problem(422, "list-has-mistakes", "The job list has mistakes, and was not saved", mistakes[0].ToString())
            {
                Defects = [.. mistakes.Select(mistake => new FieldDefect($"line {mistake.Line}", mistake.ToString()))],
            }
        );
    }

    private JobFile? Find(string name)
    {
        var found = JobFile.Read(Folder, name, out var defect);
        return defect is null ? found : throw new ProblemException(Problem.Conflict(defect));
    }

    private static string NameOf(ApiRequest request)
    {
        var name = request.Name(FileName);
        return JobFile.DefectOf(name) is { } defect ? throw new ProblemException(Problem.Invalid(FileName, defect)) : name;
    }

    private static Reply Told(JobFile file) =>
        Reply
            .Json(json =>
            {
                json.WriteStartObject();
                json.WriteString("file", file.Name);
                json.WriteString("text", file.Text);
                json.WriteEndObject();
            })
            .With("ETag", Tag(file));

    private static string Tag(JobFile file) => $"\"{file.Version}\"";

    private static Problem Changed(string detail) => new(412, "version-changed", "It is another version by now", detail);
}
