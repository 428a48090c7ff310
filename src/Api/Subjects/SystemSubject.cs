using System.Text.Json;
using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Control;
using Aios.Daemon;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Devices;
using Aios.Store.Jobs;
using Aios.Store.Logs;
using Aios.Store.Runs;

namespace Aios.Api.Subjects;

/// <summary>The daemon itself, those that share its database, and who asks.</summary>
internal sealed class SystemSubject(ApiServices services, ApiSettings settings)
{
    private static readonly WholeShape Count = new();

    private static readonly ObjectShape Status = new(
        "Status",
        [
            new("version", ApiShapes.Text),
            new("device", ApiShapes.Text with { About = "The one that answers" }),
            new("jobs", Count with { About = "How many are in its list" }),
            new("triggers", new ObjectShape("TriggerCounts", [new("queued", Count), new("waiting", Count), new("running", Count)])),
            new("devices", new ListShape(ApiShapes.Device)),
            new("holds", new ListShape(ApiShapes.Hold)),
            new("trouble", new ListShape(ApiShapes.Text) { About = "What is wrong just now; empty where nothing is" }),
        ]
    );

    private static readonly ObjectShape Identity = new(
        "Identity",
        [
            new("name", ApiShapes.Text),
            new("actor", ApiShapes.Text with { About = "What the audit and approvals call them" }),
            new("role", new TextShape { Choices = RoleNames.All }),
            new("jobs", new ListShape(ApiShapes.Text) { About = "Patterns of the jobs that they can see and change; empty for all" }),
        ]
    );

    private static readonly ObjectShape ConfigChange = new(
        "ConfigChange",
        [
            new(
                LiveSettings.NameOf(LiveSettings.LogLevelKey),
                new TextShape { Choices = [.. LogLevel.All.Select(level => level.ToLowerInvariant())], OrNull = true }
            ),
        ]
    );

    private static readonly ObjectShape Config = new(
        "Config",
        [
            new("version", ApiShapes.Text),
            new("home", ApiShapes.Text),
            new("db", ApiShapes.Text),
            new("device_id", ApiShapes.Text),
            new("tags", new ListShape(ApiShapes.Text)),
            new("max_parallel", Count),
            new("python", ApiShapes.Text),
            new("listen", new ListShape(ApiShapes.Text)),
            new("tls", new FlagShape()),
            new("rate_limit", Count),
            new("log_level", ApiShapes.Text),
            new("keep_days", Count with { OrNull = true }),
            new("keep_runs", Count with { OrNull = true }),
            new("keep_log_lines", Count with { OrNull = true }),
        ]
    );

    /// <summary>What can be asked for.</summary>
    public IEnumerable<Route> Routes =>
        [
            new Route
            {
                Method = "GET",
                Path = new($"{ApiRoutes.Base}/status"),
                Role = Role.Viewer,
                Id = "status",
                Summary = "The status of the system",
                Answer = new(Status),
                Handle = ShowStatus,
            },
            new Route
            {
                Method = "GET",
                Path = new($"{ApiRoutes.Base}/devices"),
                Role = Role.Viewer,
                Id = "listDevices",
                Summary = "The daemons that share the database",
                Answer = new(ApiShapes.ListOf(ApiShapes.Device)),
                Handle = ListDevices,
            },
            new Route
            {
                Method = "GET",
                Path = new($"{ApiRoutes.Base}/devices/{{device}}"),
                Role = Role.Viewer,
                Id = "showDevice",
                Summary = "A daemon",
                Answer = new(ApiShapes.Device),
                Handle = ShowDevice,
            },
            new Route
            {
                Method = "GET",
                Path = new($"{ApiRoutes.Base}/whoami"),
                Role = Role.Viewer,
                Id = "whoAmI",
                Summary = "The caller and their rights",
                Answer = new(Identity),
                Handle = request => Task.FromResult(ShowIdentity(request)),
            },
            new Route
            {
                Method = "GET",
                Path = new($"{ApiRoutes.Base}/config"),
                Role = Role.Admin,
                Id = "showConfig",
                Summary = "The settings in force",
                IsForAllJobs = true,
                Answer = new(Config),
                Handle = _ => Task.FromResult(ShowConfig()),
            },
            new Route
            {
                Method = "PATCH",
                Path = new($"{ApiRoutes.Base}/config"),
                Role = Role.Admin,
                Id = "changeConfig",
                Summary = "Change settings of all daemons while they run; null: use the setting that each was started with",
                IsForAllJobs = true,
                Body = ConfigChange,
                NeedsBody = true,
                Answer = Answer.None,
                Handle = ChangeConfig,
            },
        ];

    private async Task<Reply> ShowStatus(ApiRequest request)
    {
        var (line, devices, holds, newest) = await services
            .Read(reader => (reader.Line(request.Principal.Jobs.Patterns), reader.Devices(), reader.Holds(), reader.NewestInstant()))
            .ConfigureAwait(false);
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("version", ProductVersion.Current);
            json.WriteString("device", services.Daemon.Device);
            json.WriteNumber("jobs", services.JobsOf(request.Principal));
            json.WriteLine(line);
            json.WriteArray("devices", devices, (writer, device) => writer.WriteDevice(For(request.Principal, device)));
            json.WriteArray("holds", holds.Where(hold => request.Principal.Jobs.Match(hold.Key)), (writer, hold) =>
                writer.WriteHold(hold.Key, hold.Value)
            );
            json.WriteArray("trouble", Trouble(request.Principal, newest), (writer, trouble) => writer.WriteStringValue(trouble));
            json.WriteEndObject();
        });
    }

    private IEnumerable<string> Trouble(Principal principal, DateTimeOffset? newest)
    {
        if (ClockLag.Words(newest, services.Now) is { } lag)
            yield return $"The machine's clock is behind: {lag}.";
        if (services.ListTroubleFor(principal) is { } list)
            yield return list;
        if (services.Daemon.StoreTrouble is { } store)
            yield return store.What;
        if (services.Daemon.WhyStalled is { } stalled)
            yield return stalled;
        if (services.Daemon.IsStopping)
            yield return "The daemon is about to end.";
    }

    private async Task<Reply> ListDevices(ApiRequest request) =>
        Paging.All(await services.Read(reader => reader.Devices()).ConfigureAwait(false), (json, device) =>
            json.WriteDevice(For(request.Principal, device))
        );

    private async Task<Reply> ShowDevice(ApiRequest request)
    {
        var name = request.Name("device");
        var devices = await services.Read(reader => reader.Devices()).ConfigureAwait(false);
        var found = devices.FirstOrDefault(device => device.Device == name)
            ?? throw new ProblemException(Problem.NotFound($"There is no device \"{name}\"."));
        return Reply.Json(json => json.WriteDevice(For(request.Principal, found)));
    }

    // Its words may name any job.
    private static DeviceSummary For(Principal principal, DeviceSummary device) =>
        principal.IsLimited && device.Trouble is not null
            ? device with
            {
                Trouble = "It has a problem; a key for all jobs shows which.",
            }
            : device;

    private static Reply ShowIdentity(ApiRequest request) =>
        Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("name", request.Principal.Name);
            json.WriteString("actor", Askers.Of(request).Name);
            json.WriteString("role", request.Principal.Role.Name());
            json.WriteArray("jobs", request.Principal.Jobs.Patterns, (writer, pattern) => writer.WriteStringValue(pattern));
            json.WriteEndObject();
        });

    private async Task<Reply> ChangeConfig(ApiRequest request)
    {
        var changes = request.Body!.Value;
        await services
            .Write(queue =>
            {
                queue.Configure(
                    LiveSettings.LogLevelKey,
                    changes.GetProperty(LiveSettings.NameOf(LiveSettings.LogLevelKey)).GetString(),
                    request.Actor,
                    services.Now
                );
                return true;
            })
            .ConfigureAwait(false);
        return Reply.Nothing();
    }

    private Reply ShowConfig() =>
        Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("version", ProductVersion.Current);
            WriteDaemon(json, services.Daemon.Settings);
            json.WriteArray("listen", settings.Listen, (writer, address) => writer.WriteStringValue(address.ToString()));
            json.WriteBoolean("tls", settings.Certificate is not null);
            json.WriteNumber("rate_limit", settings.RequestsPerSecond);
            json.WriteString("log_level", services.Daemon.LogLevel.ToLowerInvariant());
            json.WriteNumberOrNull("keep_days", services.Daemon.Settings.Retention.Age?.Days);
            json.WriteNumberOrNull("keep_runs", services.Daemon.Settings.Retention.Rows);
            json.WriteNumberOrNull("keep_log_lines", services.Daemon.Settings.Retention.LogLines);
            json.WriteEndObject();
        });

    private void WriteDaemon(Utf8JsonWriter json, DaemonSettings daemon)
    {
        json.WriteString("home", daemon.Home);
        json.WriteString("db", daemon.Database.Name);
        json.WriteString("device_id", services.Daemon.Device);
        json.WriteArray("tags", daemon.Tags, (writer, tag) => writer.WriteStringValue(tag));
        json.WriteNumber("max_parallel", daemon.MaxParallel);
        json.WriteString("python", daemon.Python);
    }
}
