using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Models.Calls;
using Aios.Models.Wire;
using Aios.Models.Wire.Anthropic;
using Aios.Models.Wire.OpenAi;
using Aios.Models.Wire.Responses;

namespace Aios.Api.Models;

/// <summary>
/// Where language models are called. The formats are those of others, so they are not in this API's own description, and their
/// errors look as their clients expect.
/// </summary>
internal static class ModelRoutes
{
    /// <summary>What all of the paths begin with.</summary>
    public const string First = "v1";

    private static readonly ModelPath[] Calls =
    [
        new(["v1", "chat", "completions"], "chat", new ChatCompletionsWire()),
        new(["v1", "responses"], "responses", new ResponsesWire()),
        new(["v1", "messages"], "messages", new MessagesWire()),
        new(["v1", "embeddings"], GatewayCall.Embeddings, new EmbeddingsWire()),
    ];

    /// <summary>Lists what can be called.</summary>
    public static readonly Route List = RouteOf("GET", "/v1/models", Role.Viewer, "List the models");

    /// <summary>The call at a path; null if there is none.</summary>
    public static ModelPath? Find(string[] path) => Array.Find(Calls, call => call.Parts.SequenceEqual(path));

    /// <summary>A route for the gate and the metrics; it is served by <see cref="ModelEndpoint"/>.</summary>
    public static Route RouteOf(string method, string path, Role role, string summary) =>
        new()
        {
            Method = method,
            Path = new RoutePath(path),
            Role = role,
            Id = path.Trim('/').Replace('/', '_'),
            Summary = summary,
            Answer = new(new AnyShape()),
            Handle = static _ => Task.FromResult(Reply.Nothing()),
        };
}

/// <summary>A call of the gateway.</summary>
/// <param name="Parts">The parts of its path.</param>
/// <param name="Kind">What is asked, as the ledger has it.</param>
/// <param name="Wire">The format.</param>
internal sealed record ModelPath(string[] Parts, string Kind, IClientWire Wire)
{
    /// <summary>For the gate and the metrics.</summary>
    public Route Route { get; } = ModelRoutes.RouteOf("POST", $"/{string.Join('/', Parts)}", Role.Operator, "Call a language model");
}
