using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Control;

namespace Aios.Api.Subjects;

/// <summary>Who changed what.</summary>
internal sealed class AuditSubject(ApiServices services)
{
    private static readonly ObjectShape Row = new(
        "AuditRow",
        [
            new("id", new WholeShape(1) { About = "Without gaps" }),
            new("at", ApiShapes.Instant),
            new("actor", ApiShapes.Text with { About = "Who: `user ada`, `key deploy`, `device laptop`" }),
            new("origin", ApiShapes.Text with { About = "From where: `cli on laptop`, `api 10.0.0.7`, `daemon`" }),
            new("action", ApiShapes.Text with { About = "What was done, such as `job.pause`" }),
            new("job_name", ApiShapes.TextOrNull),
            new("subject", ApiShapes.TextOrNull with { About = "What it was done to, such as `run 12`" }),
            new("before", new AnyShape { About = "How it was, or null" }),
            new("after", new AnyShape { About = "How it is now, or null" }),
            new("hash", ApiShapes.Text with { About = "Ties it to the row before; docs/audit.md says how" }),
        ]
    );

    /// <summary>What can be asked for.</summary>
    public IEnumerable<Route> Routes =>
        [
            new Route
            {
                Method = "GET",
                Path = new($"{ApiRoutes.Base}/audit"),
                Role = Role.Admin,
                Id = "listAudit",
                Summary = "Who changed what, newest first",
                IsForAllJobs = true,
                Query =
                [
                    new("job", ApiShapes.Text with { About = "Only what concerns this job" }),
                    new("actor", ApiShapes.Text with { About = "Only what those did whose name contains this" }),
                    new(
                        "action",
                        ApiShapes.Text with
                        {
                            About = "Only this action, or those of this kind (`job` for all that begin with `job.`)",
                        }
                    ),
                    new("since", ApiShapes.Instant with { About = "Done then or later" }),
                    new("until", ApiShapes.Instant with { About = "Done before" }),
                    .. Paging.Parameters,
                ],
                Answer = new(ApiShapes.PageOf(Row)),
                Handle = List,
            },
        ];

    private async Task<Reply> List(ApiRequest request)
    {
        var cursor = request.Cursor();
        var page = await services.Read(reader => reader.AuditPage(request.Filter(), cursor, request.Limit())).ConfigureAwait(false);
        return Paging.Reply(page, (json, row) => json.WriteAudit(row));
    }
}
