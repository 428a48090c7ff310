using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Control;
using Aios.Jobs;
using Aios.Models.Runs;
using Aios.Store.Audit;

namespace Aios.Api.Subjects;

/// <summary>The job list as a whole.</summary>
internal sealed class ListSubject(ApiServices services)
{
    private const string Base = $"{ApiRoutes.Base}/job-list";

    private static readonly ObjectShape State = new(
        "JobList",
        [
            new("jobs", new WholeShape { About = "How many are in force" }),
            new("files", new ListShape(ApiShapes.Text)),
            new("trouble", ApiShapes.TextOrNull with { About = "What is wrong with the files now; the last valid list stays in force" }),
        ]
    );

    private static readonly ObjectShape Draft = new(
        "JobListDraft",
        [
            new("text", new TextShape { About = "YAML or JSON, as in a file" }),
            new(
                "file",
                new TextShape
                {
                    OrNull = true,
                    About = "As the file of this name, among the others of the list (default: as the only one)",
                },
                IsRequired: false
            ),
            new(
                "occurrences",
                new WholeShape(0, 20)
                {
                    OrNull = true,
                    About = "Number of next occurrences to return for each job, as if the list came into force now",
                },
                IsRequired: false
            ),
        ]
    );

    /// <summary>What is wrong with a file.</summary>
    public static readonly ObjectShape Mistake = new(
        "JobListMistake",
        [
            new("message", ApiShapes.Text),
            new("file", ApiShapes.Text),
            new("line", new WholeShape { About = "From 1; 0 where all of it is meant" }),
            new("column", new WholeShape()),
            new("job", ApiShapes.TextOrNull),
            new("field", ApiShapes.TextOrNull),
            new(
                "excerpt",
                ApiShapes.TextOrNull with
                {
                    About = "The lines that are meant, each with a mark below it, where the text is no YAML",
                }
            ),
        ]
    );

    private static readonly ObjectShape Judgement = new(
        "JobListJudgement",
        [
            new("valid", new FlagShape()),
            new("jobs", new WholeShape()),
            new("errors", new ListShape(Mistake)),
            new("warnings", new ListShape(Mistake)),
            new(
                "next",
                new ListShape(
                    new ObjectShape(
                        "JobPreview",
                        [
                            new("job_name", ApiShapes.Text),
                            new("type", ApiShapes.Text),
                            new("schedule", ApiShapes.TextOrNull with { About = "When it would run, in words" }),
                            new("at", new ListShape(ApiShapes.Instant)),
                            new("reason", ApiShapes.TextOrNull with { About = "Why there are no instants" }),
                        ]
                    )
                )
                {
                    About = "Of each job that is right, if `occurrences` were asked for",
                }
            ),
        ]
    );

    /// <summary>What can be asked for.</summary>
    public IEnumerable<Route> Routes =>
        [
            new Route
            {
                Method = "GET",
                Path = new(Base),
                Role = Role.Viewer,
                Id = "showJobList",
                Summary = "The whole job list in force",
                Answer = new(State),
                Handle = request => Task.FromResult(Show(request.Principal)),
            },
            new Route
            {
                Method = "GET",
                Path = new($"{Base}/schema"),
                Role = Role.Viewer,
                Id = "jobListSchema",
                Summary = "The JSON Schema of job lists",
                Answer = new(new AnyShape()),
                Handle = _ => Task.FromResult(Reply.Text(JobListSchema.Write(), "application/json")),
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/validate"),
                Role = Role.Viewer,
                Id = "validateJobList",
                Summary = "Check a job list without putting it into force",
                Body = Draft,
                NeedsBody = true,
                Answer = new(Judgement),
                Handle = Validate,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/reload"),
                Role = Role.Operator,
                Id = "reloadJobList",
                Summary = "Read the files of the job list again (AIOS reads a saved file by itself)",
                IsForAllJobs = true,
                Answer = new(null, 202, ""),
                Handle = Reload,
            },
        ];

    private Reply Show(Principal principal) =>
        Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("jobs", services.JobsOf(principal));
            json.WriteArray("files", principal.IsLimited ? [] : services.Daemon.Jobs.Files, (writer, file) =>
                writer.WriteStringValue(file)
            );
            json.WriteText("trouble", services.ListTroubleFor(principal));
            json.WriteEndObject();
        });

    private async Task<Reply> Validate(ApiRequest request)
    {
        var list = ListOf(request);
        var count = request.Member("occurrences")?.GetInt32() ?? 0;
        var previews =
            count == 0 ? [] : await services.Read(reader => JobPreview.Of(list, reader, count, services.Now)).ConfigureAwait(false);
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("valid", list.IsValid);
            json.WriteNumber("jobs", list.Jobs.Length);
            json.WriteArray("errors", list.Errors, WriteMistake);
            json.WriteArray("warnings", list.Warnings, WriteMistake);
            json.WriteArray("next", previews, JobPreview.Write);
            json.WriteEndObject();
        });
    }

    private JobList ListOf(ApiRequest request)
    {
        var text = request.Member("text")!.Value.GetString()!;
        if (request.Member("file")?.GetString() is not { } name)
            return JobListLoader.Parse(text, "list", check: Check([.. services.Daemon.Jobs.Jobs.Select(job => job.Name)]));
        if (request.Principal.IsLimited)
            throw new ProblemException(Problem.Invalid("/file", "the other files concern all jobs, and your key is for some only"));
        if (JobFile.DefectOf(name) is { } defect)
            throw new ProblemException(Problem.Invalid("/file", defect));
        var settings = services.Daemon.Settings;
        return JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder, new JobFile(name, text), Check([]));
    }

    private LlmJobCheck Check(IReadOnlyList<string> otherJobs) => LlmJobCheck.OfHome(services.Daemon.Settings.Home, otherJobs);

    private async Task<Reply> Reload(ApiRequest request)
    {
        await services
            .Write(queue =>
            {
                queue.Audit.Append(new AuditEntry(services.Now, request.Actor, AuditActions.ListReload));
                return true;
            })
            .ConfigureAwait(false);
        services.Daemon.Reload();
        return Reply.Accepted();
    }

    /// <summary>Writes what is wrong with a file.</summary>
    public static void WriteMistake(System.Text.Json.Utf8JsonWriter json, JobListError mistake)
    {
        json.WriteStartObject();
        json.WriteString("message", mistake.ToString());
        json.WriteString("file", Path.GetFileName(mistake.File));
        json.WriteNumber("line", mistake.Line);
        json.WriteNumber("column", mistake.Column);
        json.WriteText("job", mistake.Job);
        json.WriteText("field", mistake.Field);
        json.WriteText("excerpt", mistake.Excerpt);
        json.WriteEndObject();
    }
}
