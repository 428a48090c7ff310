using System.Text.Json;
using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Control.Flows;
using Aios.Flows;
using Aios.Platform;
using Aios.Store.Flows;

namespace Aios.Api.Subjects;

/// <summary>What people are asked. A GET never decides: mail scanners and previews open links.</summary>
internal sealed class ApprovalSubject(ApiServices services)
{
    private const string Base = $"{ApiRoutes.Base}/approvals";

    private static readonly ObjectShape Order = new(
        "DecisionOrder",
        [
            new("decision", new TextShape { Choices = ["approve", "reject"] }),
            new("digest", new TextShape { Shortest = 1, About = "That of the approval as it was shown" }),
            new(
                "fields",
                new MapShape(new AnyShape()) { OrNull = true, About = "The values that it asks for, by name" },
                IsRequired: false
            ),
            new(
                "comment",
                new TextShape
                {
                    Longest = 10_000,
                    OrNull = true,
                    About = "Needed for a rejection",
                },
                IsRequired: false
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
                Id = "listApprovals",
                Summary = "What people are or were asked, newest first",
                Query =
                [
                    new("job", ApiShapes.Text with { About = "Only those of this job" }),
                    new("status", FlowShapes.Status),
                    .. Paging.Parameters,
                ],
                Answer = new(ApiShapes.PageOf(FlowShapes.ApprovalItem)),
                Handle = List,
            },
            new Route
            {
                Method = "GET",
                Path = new($"{Base}/{{id}}"),
                Role = Role.Viewer,
                Id = "showApproval",
                Summary = "An approval with what was decided",
                Answer = new(FlowShapes.Approval),
                Handle = Show,
            },
            new Route
            {
                Method = "GET",
                Path = new($"{Base}/{{id}}/pictures/{{name}}"),
                Role = Role.Viewer,
                Id = "showPicture",
                Summary = "A picture among the values that are shown; 409 if it has changed since",
                Answer = new(null, MediaType: "image/*"),
                Handle = ShowPicture,
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/{{id}}"),
                Role = Role.Approver,
                Id = "decideApproval",
                Summary = "Approve or reject; 409 if what was shown has changed, or somebody was first",
                Body = Order,
                NeedsBody = true,
                Answer = new(FlowShapes.Approval),
                Handle = Decide,
            },
        ];

    private async Task<Reply> List(ApiRequest request)
    {
        var cursor = request.Cursor();
        var filter = request.Filter(withStatus: false);
        ApprovalStatus? status = request.Text("status") is { } name
            ? Enum.GetValues<ApprovalStatus>().First(known => FlowForms.Name(known) == name)
            : null;
        var page = await services.Read(reader => reader.ApprovalPage(filter, status, cursor, request.Limit())).ConfigureAwait(false);
        return Paging.Reply(page, (json, approval) => json.WriteApproval(approval));
    }

    private async Task<Reply> Show(ApiRequest request)
    {
        var (approval, decisions) = await Find(request).ConfigureAwait(false);
        return Reply.Json(json => json.WriteApproval(approval, decisions));
    }

    private async Task<Reply> ShowPicture(ApiRequest request)
    {
        var (approval, _) = await Find(request).ConfigureAwait(false);
        var name = request.Name("name");
        if (ShownPictures.Find(approval.ShownJson, name) is not { } shown)
            throw new ProblemException(Problem.NotFound($"Approval {approval.Id} shows no picture \"{name}\"."));
        try
        {
            var picture = await Task.Run(() => HomePicture.Read(services.Daemon.Settings.Home, shown.Path)).ConfigureAwait(false);
            if (picture.Sha256 != shown.Sha256)
                throw new PictureException($"{shown.Path} has changed since: its SHA-256 is {picture.Sha256}, expected {shown.Sha256}");
            return Reply.File(picture.Content, picture.MediaType);
        }
        catch (PictureException error)
        {
            throw new ProblemException(Problem.Conflict($"The picture that approval {approval.Id} shows: {error.Message}."));
        }
    }

    private async Task<Reply> Decide(ApiRequest request)
    {
        await Find(request).ConfigureAwait(false);
        var approves = request.Member("decision")!.Value.GetString() == "approve";
        var comment = request.Member("comment")?.GetString();
        if (!approves && string.IsNullOrWhiteSpace(comment))
            throw new ProblemException(Problem.Invalid("/comment", "is missing; a rejection says why"));
        var digest = request.Member("digest")!.Value.GetString()!;
        var fields = request.Member("fields") is { } given
            ? given.EnumerateObject().DistinctBy(RawJson.Name).ToDictionary(RawJson.Name, field => field.Value, StringComparer.Ordinal)
            : new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var who = Askers.DeciderOf(request);
        Refusals.ThrowIf(
            await services
                .Write(queue => queue.Decide(request.Id, digest, approves, fields, comment, who, services.Now))
                .ConfigureAwait(false)
        );
        var (after, decisions) = await Find(request).ConfigureAwait(false);
        return Reply.Json(json => json.WriteApproval(after, decisions));
    }

    private async Task<(ApprovalRecord Approval, IReadOnlyList<Decision> Decisions)> Find(ApiRequest request)
    {
        var found = await services
            .Read(reader => (Approval: reader.Approval(request.Id), reader.Decisions(request.Id)))
            .ConfigureAwait(false);
        return (request.Visible(found.Approval, approval => approval.JobName ?? "", $"approval {request.Id}"), found.Item2);
    }
}
