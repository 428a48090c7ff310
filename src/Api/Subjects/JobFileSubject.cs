using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Control;
using Aios.Control.Confirm;
using Aios.Jobs;
using Aios.Models.Runs;

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
        return VersionedFile.Told(
            VersionedFile.Find(Folder, name) ?? throw new ProblemException(Problem.NotFound($"There is no file {name} in the job list."))
        );
    }

    private async Task<Reply> Save(ApiRequest request)
    {
        var file = new JobFile(NameOf(request), request.Member("text")!.Value.GetString()!);
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            var before = VersionedFile.Find(Folder, file.Name);
            VersionedFile.RequireVersion(request, before, file.Name);
            RefuseMistakes(file);
            await Put(request, before, file, RiskOf(file)).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }

        services.Daemon.Reload();
        return VersionedFile.Told(file);
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
            throw new ProblemException(VersionedFile.NotWritten(error, file.Name, Folder));
        }
    }

    // Mistakes that other files have had before are no reason to refuse this one.
    private void RefuseMistakes(JobFile file)
    {
        var check = LlmJobCheck.OfHome(services.Daemon.Settings.Home);
        var list = JobListLoader.Load(Folder, services.Daemon.Settings.ProgramsFolder, file, check);
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

    private static string NameOf(ApiRequest request)
    {
        var name = request.Name(FileName);
        return JobFile.DefectOf(name) is { } defect ? throw new ProblemException(Problem.Invalid(FileName, defect)) : name;
    }
}
