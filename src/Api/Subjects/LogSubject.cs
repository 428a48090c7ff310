using System.Collections.Immutable;
using Aios.Access;
using Aios.Api.Live;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Control;
using Aios.Store;
using Aios.Store.Logs;

namespace Aios.Api.Subjects;

/// <summary>What programs print and daemons say.</summary>
internal sealed class LogSubject(ApiServices services)
{
    private const int Standard = 100;

    private static readonly ObjectShape Lines = new(
        "LogLines",
        [
            new("items", new ListShape(ApiShapes.LogLine) { About = "Oldest first" }),
            new("next_after", new WholeShape { About = "With this in `after`, the next request gives what comes then" }),
        ]
    );

    private static readonly ImmutableArray<Parameter> Parameters =
    [
        new("after", new WholeShape { About = "Only lines with a larger number, from the oldest on; without it, the last ones" }),
        new("limit", new WholeShape(1, 1000) { About = $"How many at most (default: {Standard})" }),
        new(
            "follow",
            new FlagShape
            {
                About = "Go on with what comes, as server-sent events named `line` or over a WebSocket; of a run until it is over",
            }
        ),
        new(
            "level",
            new TextShape { Choices = [.. LogLevel.All.Select(level => level.ToLowerInvariant())], About = "This level and higher ones" }
        ),
    ];

    private static readonly Answer Answer = new(Lines) { Event = ApiShapes.LogLine };

    /// <summary>What can be asked for.</summary>
    public IEnumerable<Route> Routes =>
        [
            new Route
            {
                Method = "GET",
                Path = new($"{ApiRoutes.Base}/logs"),
                Role = Role.Viewer,
                Id = "listLogs",
                Summary = "Lines of all runs and daemons, or of one job",
                Query =
                [
                    new("job", ApiShapes.Text with { About = "Only those of this job" }),
                    new("since", ApiShapes.Instant with { About = "Said then or later" }),
                    .. Parameters,
                ],
                Answer = Answer,
                Handle = request =>
                    Read(
                        request,
                        new LogQuery
                        {
                            JobName = request.Text("job"),
                            Since = request.Instant("since"),
                            JobPatterns = request.Principal.Jobs.Patterns,
                        }
                    ),
            },
            new Route
            {
                Method = "GET",
                Path = new($"{ApiRoutes.Base}/runs/{{id}}/logs"),
                Role = Role.Viewer,
                Id = "runLogs",
                Summary = "Lines of a run",
                Query = Parameters,
                Answer = Answer,
                Handle = OfRun,
            },
        ];

    private async Task<Reply> OfRun(ApiRequest request)
    {
        var run = request.Visible(
            await services.Read(reader => reader.Run(request.Id)).ConfigureAwait(false),
            run => run.JobName,
            $"run {request.Id}"
        );
        return await Read(request, new LogQuery { RunId = run.Id }).ConfigureAwait(false);
    }

    private async Task<Reply> Read(ApiRequest request, LogQuery query)
    {
        var limit = (int)(request.Whole("limit") ?? Standard);
        if (request.Text("level") is { } level)
            query = query with { Level = level.ToUpperInvariant() };
        if (request.Says("follow"))
            return Follow(request, query, limit);
        var (lines, after) = await services
            .Read(reader =>
            {
                var log = new LogReader(reader, query, request.Whole("after") ?? 0);
                if (request.Whole("after") is null)
                    log.StartAtLast(limit);
                return (log.Next(limit), log.After);
            })
            .ConfigureAwait(false);
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteArray("items", lines, (writer, line) => writer.WriteLogLine(line));
            json.WriteNumber("next_after", after);
            json.WriteEndObject();
        });
    }

    private Reply Follow(ApiRequest request, LogQuery query, int limit)
    {
        if (request.LastEventId == EventStreamSink.EndId)
            return Reply.Nothing();
        var filter = new LiveFilter(request.Principal.Jobs)
        {
            JobName = query.JobName,
            RunId = query.RunId,
            Level = query.Level,
        };
        return Reply.Follow(
            new LiveReader(services.Broadcast, services.Broadcast.Lines, filter)
            {
                After = request.EventsAfter,
                Start = reader => LastOf(reader, query, limit),
                Ending = query.RunId is { } run ? new RunEnding(services.Broadcast.Events, run) : null,
                IsAllowed = request.IsStillAllowed,
            }
        );
    }

    private static long LastOf(IStoreReader reader, LogQuery query, int limit)
    {
        var log = new LogReader(reader, query);
        log.StartAtLast(limit);
        return log.After;
    }
}
