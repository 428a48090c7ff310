using System.Collections.Immutable;
using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Api.Subjects;
using Aios.Control;
using Aios.Jobs;
using Aios.Models.Configuration;

namespace Aios.Api.Models;

/// <summary>models.yaml: what it offers, and the file itself, to read, check and save. It holds budgets and addresses, so it takes an
/// admin.</summary>
internal sealed class ModelFileSubject(ApiServices services) : IDisposable
{
    private const string Base = $"{ApiRoutes.Base}/models";
    private const string Name = ModelSettingsLoader.FileName;

    private static readonly ObjectShape Offer = new(
        "ModelOffer",
        [
            new("exists", new FlagShape { About = $"Whether the home has a {Name}" }),
            new("trouble", ApiShapes.TextOrNull with { About = "What is wrong with the file now; the last valid version stays in force" }),
            new(
                "routes",
                new ListShape(
                    new ObjectShape(
                        "ModelRoute",
                        [new("name", ApiShapes.Text), new("models", new ListShape(ApiShapes.Text)), new("strategy", ApiShapes.Text)]
                    )
                )
            ),
            new(
                "models",
                new ListShape(
                    new ObjectShape(
                        "LanguageModel",
                        [
                            new("name", ApiShapes.Text),
                            new("provider", ApiShapes.Text),
                            new("id", ApiShapes.Text with { About = "What the provider calls it" }),
                            new("where", new TextShape { Choices = ["local", "remote"] }),
                            new("price", new AnyShape { About = "US dollars for a million tokens of each class; null if it is unknown" }),
                        ]
                    )
                )
            ),
        ]
    );

    private static readonly ObjectShape Text = new(
        "ModelFile",
        [new("file", ApiShapes.Text), new("text", ApiShapes.Text with { About = "The whole of it; its version is in the header `ETag`" })]
    );

    private static readonly ObjectShape Order = new(
        "ModelFileOrder",
        [new("text", ApiShapes.Text with { Example = "{}", About = "The whole of it, YAML or JSON" })]
    );

    private static readonly ObjectShape Judgement = new(
        "ModelFileJudgement",
        [
            new("valid", new FlagShape()),
            new("providers", new WholeShape()),
            new("models", new WholeShape()),
            new("routes", new WholeShape()),
            new("budgets", new WholeShape()),
            new("errors", new ListShape(ListSubject.Mistake)),
        ]
    );

    // Of two requests that save the same version, one gets 412.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>What can be asked for.</summary>
    public IEnumerable<Route> Routes =>
        [
            new Route
            {
                Method = "GET",
                Path = new(Base),
                Role = Role.Viewer,
                Id = "showModels",
                Summary = "The language models and routes in force",
                Answer = new(Offer),
                Handle = request => Task.FromResult(Show(request.Principal)),
            },
            new Route
            {
                Method = "GET",
                Path = new($"{Base}/schema"),
                Role = Role.Viewer,
                Id = "modelSchema",
                Summary = $"The JSON Schema of {Name}",
                Answer = new(new AnyShape()),
                Handle = _ => Task.FromResult(Reply.Json(ModelSettingsSchema.Write)),
            },
            new Route
            {
                Method = "POST",
                Path = new($"{Base}/validate"),
                Role = Role.Viewer,
                Id = "validateModels",
                Summary = $"Check a text of {Name} without putting it into force",
                Body = Order,
                NeedsBody = true,
                Answer = new(Judgement),
                Handle = request => Task.FromResult(Validate(TextOf(request))),
            },
            new Route
            {
                Method = "GET",
                Path = new($"{Base}/file"),
                Role = Role.Admin,
                Id = "showModelFile",
                Summary = $"The file {Name}",
                IsForAllJobs = true,
                Answer = new(Text),
                Handle = _ => Task.FromResult(ShowFile()),
            },
            new Route
            {
                Method = "PUT",
                Path = new($"{Base}/file"),
                Role = Role.Admin,
                Id = "saveModelFile",
                Summary = $"Save {Name}, if it was not changed since and has no mistakes; it counts from the next call on",
                IsForAllJobs = true,
                IsOfVersion = true,
                Body = Order,
                NeedsBody = true,
                Answer = new(Text),
                Handle = Save,
            },
        ];

    private string Home => services.Daemon.Settings.Home;

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private Reply Show(Principal principal)
    {
        var live = services.Daemon.Models;
        var settings = live.Current;
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("exists", live.Exists);
            json.WriteText("trouble", TroubleFor(principal, live.Errors));
            json.WriteOffer(settings);
            json.WriteEndObject();
        });
    }

    private static string? TroubleFor(Principal principal, ImmutableArray<JobListError> errors)
    {
        if (errors.IsEmpty)
            return null;
        var first = principal.IsLimited ? "" : $" ({errors[0]})";
        return $"{Name} has {(errors.Length == 1 ? "a mistake" : $"{errors.Length} mistakes")}{first}; the last valid version is in force.";
    }

    private static Reply Validate(string text)
    {
        var (settings, errors) = ModelSettingsLoader.Read(text);
        var read = settings ?? ModelSettings.Empty;
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("valid", settings is not null);
            json.WriteNumber("providers", read.Providers.Count);
            json.WriteNumber("models", read.Models.Count);
            json.WriteNumber("routes", read.Routes.Count);
            json.WriteNumber("budgets", read.Budgets.Count);
            json.WriteArray("errors", errors, ListSubject.WriteMistake);
            json.WriteEndObject();
        });
    }

    private Reply ShowFile() =>
        VersionedFile.Told(
            VersionedFile.Find(Home, Name) ?? throw new ProblemException(Problem.NotFound($"There is no {Name} in {Home}."))
        );

    private async Task<Reply> Save(ApiRequest request)
    {
        var file = new JobFile(Name, TextOf(request));
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            var before = VersionedFile.Find(Home, Name);
            VersionedFile.RequireVersion(request, before, Name);
            RefuseMistakes(file);
            await Put(request, before, file).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }

        return VersionedFile.Told(file);
    }

    private async Task Put(ApiRequest request, JobFile? before, JobFile file)
    {
        try
        {
            using var prepared = file.Prepare(Home);
            await services
                .Write(queue =>
                {
                    queue.SaveModelFile(before, file, prepared, request.Actor, services.Now);
                    return true;
                })
                .ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(VersionedFile.NotWritten(error, Name, Home));
        }
    }

    private static void RefuseMistakes(JobFile file)
    {
        var (settings, errors) = ModelSettingsLoader.Read(file.Text);
        if (settings is not null)
            return;
        throw new ProblemException(
            new Problem(422, "file-has-mistakes", $"{Name} has mistakes, and was not saved", errors[0].ToString())
            {
                Defects = [.. errors.Select(mistake => new FieldDefect($"line {mistake.Line}", mistake.ToString()))],
            }
        );
    }

    private static string TextOf(ApiRequest request) => request.Member("text")!.Value.GetString()!;
}
