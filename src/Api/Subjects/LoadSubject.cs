using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Control;

namespace Aios.Api.Subjects;

/// <summary>How much was run when.</summary>
internal sealed class LoadSubject(ApiServices services)
{
    private const int Standard = 96;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);
    private static readonly WholeShape Count = new();

    private static readonly ObjectShape Load = new(
        "Load",
        [
            new("since", ApiShapes.Instant),
            new("until", ApiShapes.Instant),
            new(
                "steps",
                new ListShape(
                    new ObjectShape(
                        "LoadStep",
                        [
                            new("succeeded", Count with { About = "Runs that began within this step" }),
                            new("failed", Count with { About = "Also those that timed out or were lost" }),
                            new("other", Count with { About = "Runs that are running or were canceled" }),
                            new("busy_seconds", new NumberShape { About = "How long all runs together ran within this step" }),
                        ]
                    )
                )
                {
                    About = "All of the same length, the earliest first",
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
                Path = new($"{ApiRoutes.Base}/load"),
                Role = Role.Viewer,
                Id = "load",
                Summary = "The number of runs over time",
                Query =
                [
                    new("since", ApiShapes.Instant with { About = "From then on (default: a day before `until`)" }),
                    new("until", ApiShapes.Instant with { About = "Up to then (default: now)" }),
                    new("steps", new WholeShape(1, 500) { About = $"How many steps (default: {Standard})" }),
                ],
                Answer = new(Load),
                Handle = Show,
            },
        ];

    private async Task<Reply> Show(ApiRequest request)
    {
        var until = request.Instant("until") ?? services.Now;
        var since = request.Instant("since") ?? until - Day;
        if (since >= until || until - since > Longest)
            throw new ProblemException(
                Problem.Invalid("since", $"expected an instant before `until`, and not more than {Longest.Days} days before it")
            );
        var count = (int)(request.Whole("steps") ?? Standard);
        var steps = await services
            .Read(reader => reader.Load(since, until, count, request.Principal.Jobs.Patterns, services.Now))
            .ConfigureAwait(false);
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteInstant("since", since);
            json.WriteInstant("until", until);
            json.WriteArray("steps", steps, (writer, step) =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("succeeded", step.Succeeded);
                writer.WriteNumber("failed", step.Failed);
                writer.WriteNumber("other", step.Other);
                writer.WriteNumber("busy_seconds", Math.Round(step.BusySeconds, 3));
                writer.WriteEndObject();
            });
            json.WriteEndObject();
        });
    }
}
