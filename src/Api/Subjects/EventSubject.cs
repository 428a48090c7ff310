using Aios.Access;
using Aios.Api.Live;
using Aios.Api.Routes;
using Aios.Api.Shapes;

namespace Aios.Api.Subjects;

/// <summary>What happens.</summary>
internal sealed class EventSubject(ApiServices services)
{
    /// <summary>What can be asked for.</summary>
    public IEnumerable<Route> Routes =>
        [
            new Route
            {
                Method = "GET",
                Path = new($"{ApiRoutes.Base}/events"),
                Role = Role.Viewer,
                Id = "followEvents",
                Summary = "A stream of events, as server-sent events named by their kind or over a WebSocket",
                Query =
                [
                    new("job", ApiShapes.Text with { About = "Only what is about this job" }),
                    new(
                        "after",
                        new WholeShape { About = "Also what has happened since the event of this number; 0: since the oldest that is kept" }
                    ),
                ],
                Answer = new(null, MediaType: "text/event-stream") { Event = ApiShapes.Event },
                Handle = request => Task.FromResult(Follow(request)),
            },
        ];

    private Reply Follow(ApiRequest request) =>
        request.LastEventId == EventStreamSink.EndId
            ? Reply.Nothing()
            : Reply.Follow(
                new LiveReader(
                    services.Broadcast,
                    services.Broadcast.Events,
                    new LiveFilter(request.Principal.Jobs) { JobName = request.Text("job") }
                )
                {
                    After = request.EventsAfter,
                    Start = reader => reader.EventBounds().Newest,
                    IsAllowed = request.IsStillAllowed,
                }
            );
}
