using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Doctor;

namespace Aios.Api.Subjects;

/// <summary>How the system does, in three depths: alive, takes work, and everything with figures and advice.</summary>
internal sealed class HealthSubject(ApiServices services)
{
    // Commits wait while the database is looked through.
    private static readonly TimeSpan LongestReading = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    private static readonly ObjectShape Word = new("Probe", [new("status", ApiShapes.Text)]);

    private static readonly ObjectShape Health = new(
        "Health",
        [
            new("live", new FlagShape { About = "Whether the daemon's loop makes progress" }),
            new("ready", new FlagShape { About = "Whether it takes work" }),
            new("detail", new TextShape { OrNull = true, About = "Why not" }),
            new(
                "report",
                new ObjectShape(
                    "HealthReport",
                    [
                        new("problems", new WholeShape()),
                        new("notes", new WholeShape()),
                        new(
                            "checks",
                            new ListShape(
                                new ObjectShape(
                                    "HealthCheck",
                                    [
                                        new("name", ApiShapes.Text),
                                        new("state", new TextShape { Choices = ["ok", "note", "problem"] }),
                                        new("figure", ApiShapes.Text),
                                        new("advice", new TextShape { OrNull = true }),
                                    ]
                                )
                            )
                        ),
                    ]
                )
                {
                    OrNull = true,
                    About = "What was found, if `full` was asked for; made anew every ten seconds at most",
                }
            ),
        ]
    );

    private readonly Lock _gate = new();
    private Task<IReadOnlyList<(string Name, Finding Finding)>>? _looked;
    private long _lookedAt;
    private string? _wasStalled;

    /// <summary>What can be asked for.</summary>
    public IEnumerable<Route> Routes =>
        [
            new Route
            {
                Method = "GET",
                Path = new("/healthz"),
                Role = Role.Anyone,
                Id = "isLive",
                Summary = "Liveness: 503 if only a restart helps",
                Answer = new(Word),
                Handle = _ => Task.FromResult(Probe(services.Daemon.WhyDead, "alive")),
            },
            new Route
            {
                Method = "GET",
                Path = new("/readyz"),
                Role = Role.Anyone,
                Id = "isReady",
                Summary = "Readiness: 503 while AIOS starts or stops, or cannot write",
                Answer = new(Word),
                Handle = _ => Task.FromResult(Probe(services.Daemon.WhyNotReady, "ready")),
            },
            new Route
            {
                Method = "GET",
                Path = new($"{ApiRoutes.Base}/health"),
                Role = Role.Viewer,
                Id = "health",
                Summary = "The health of the system, with values and advice",
                IsForAllJobs = true,
                Query = [new("full", new FlagShape { About = "Look at everything" })],
                Answer = new(Health),
                Handle = Show,
            },
        ];

    private static Reply Probe(string? whyNot, string word)
    {
        if (whyNot is not null)
            throw new ProblemException(Problem.Unavailable(whyNot));
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("status", word);
            json.WriteEndObject();
        });
    }

    private async Task<Reply> Show(ApiRequest request)
    {
        var findings = request.Text("full") is null or "false" ? null : await Look().ConfigureAwait(false);
        var (whyDead, whyNotReady) = (services.Daemon.WhyDead, services.Daemon.WhyNotReady);
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("live", whyDead is null);
            json.WriteBoolean("ready", whyNotReady is null);
            if (whyNotReady is null)
                json.WriteNull("detail");
            else
                json.WriteString("detail", whyNotReady);
            json.WritePropertyName("report");
            if (findings is null)
                json.WriteNullValue();
            else
                FindingsForm.Write(json, findings);
            json.WriteEndObject();
        });
    }

    // However many ask, the database is looked through once in a while only.
    private Task<IReadOnlyList<(string Name, Finding Finding)>> Look()
    {
        lock (_gate)
        {
            var isFresh =
                _wasStalled == services.Daemon.WhyStalled
                && _looked is { IsFaulted: false }
                && (!_looked.IsCompleted || services.Daemon.Clock.GetElapsedTime(_lookedAt) <= KeptFor);
            if (isFresh)
                return _looked!;
            _lookedAt = services.Daemon.Clock.GetTimestamp();
            _wasStalled = services.Daemon.WhyStalled;
            return _looked = Task.Run(() =>
                HealthExamination.Of(ExaminationInput.Of(services.Daemon.Settings, services.Daemon.Clock), LongestReading)
            );
        }
    }
}
