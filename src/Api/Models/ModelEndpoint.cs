using System.Text.Json;
using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Serving;
using Aios.Daemon;
using Aios.Daemon.Presence;
using Aios.Jobs;
using Aios.Models.Calls;
using Aios.Models.Configuration;
using Aios.Models.Wire;
using Aios.Models.Wire.OpenAi;
using Aios.Store;
using Aios.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Aios.Api.Models;

/// <summary>Serves calls to language models over HTTP: finds out who calls, and gives the gateway's answer on.</summary>
internal sealed class ModelEndpoint(ModelGateway gateway, Gate gate, DaemonHandle daemon, ReaderPool readers)
{
    // Images are in the request.
    private const int LargestBody = 64 * 1024 * 1024;
    private const string Json = "application/json";

    private static readonly ChatCompletionsWire Standard = new();

    /// <summary>Whether a path is of a call.</summary>
    public static bool Serves(string[] path) => path.Length > 0 && path[0] == ModelRoutes.First;

    /// <summary>Answers a request.</summary>
    public async Task Respond(HttpContext context, string[] path, ConnectionFacts connection)
    {
        var call = HttpMethods.IsPost(context.Request.Method) ? ModelRoutes.Find(path) : null;
        var wire = call?.Wire ?? Standard;
        GatewayReply reply;
        JsonDocument? body = null;
        try
        {
            if (call is not null)
            {
                context.Features.Set(call.Route);
                var caller = await CallerOf(context.Request, connection, call.Route).ConfigureAwait(false);
                body = await ReadBody(context).ConfigureAwait(false);
                reply = await Call(call, caller, body.RootElement, context).ConfigureAwait(false);
            }
            else
            {
                reply = await Other(context, path, connection).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (ErrorOf(error, context) is { } told)
        {
            reply = ModelGateway.ErrorReply(wire, told);
        }

        using (body)
            await Write(context, reply).ConfigureAwait(false);
    }

    private async Task<GatewayReply> Call(ModelPath path, Caller caller, JsonElement body, HttpContext context)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new WireException("The body: expected a JSON object.");
        if (body.Text("model") is not { Length: > 0 } route)
            throw new WireException("model: found none, expected the name of a route or a model.", "model");
        if (daemon.StoreTrouble is { } trouble)
            throw new ProblemException(Problem.Unavailable(trouble.Words));
        var chat = path.Wire.Read(body);
        var call = new GatewayCall(path.Kind, path.Wire, body, chat, route, caller)
        {
            Parent = TraceParent.Parse(context.Request.Headers["traceparent"]),
        };
        return await gateway.Call(call, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task<GatewayReply> Other(HttpContext context, string[] path, ConnectionFacts connection)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || path is not ["v1", "models", ..] || path.Length > 3)
        {
            return ModelGateway.ErrorReply(
                Standard,
                new GatewayError(
                    404,
                    "not_found",
                    $"Nothing is at {context.Request.Method} {context.Request.Path}. Models are called by POST /v1/chat/completions, "
                        + "/v1/responses, /v1/messages and /v1/embeddings; GET /v1/models lists them."
                )
            );
        }

        context.Features.Set(ModelRoutes.List);
        var caller = await CallerOf(context.Request, connection, ModelRoutes.List).ConfigureAwait(false);
        var settings = gateway.Settings.Current;
        if (path.Length == 2)
            return ModelList.All(settings, caller);
        return ModelList.One(settings, caller, path[2]) ?? ModelGateway.ErrorReply(Standard, CallErrors.NoSuchModel(path[2], ""));
    }

    private async Task<Caller> CallerOf(HttpRequest request, ConnectionFacts connection, Route route)
    {
        if (Gate.PresentedKey(request) is { } key && key.StartsWith(RunKeys.Prefix, StringComparison.Ordinal))
            return await CallerOfRun(key).ConfigureAwait(false);
        var principal = gate.Admit(request, connection, route);
        return new Caller { Name = principal == Principal.LocalUser ? connection.ActorOf(principal).Name : principal.Name };
    }

    private async Task<Caller> CallerOfRun(string key)
    {
        if (daemon.RunOfKey(key) is not var (runId, triggerId, job))
            throw new ProblemException(new Problem(401, "wrong-key", "The key opens nothing", "The run whose key this is has ended."));
        return new Caller
        {
            RunId = runId,
            FlowId = await readers.ReadAsync(reader => reader.Calls.FlowOf(triggerId)).ConfigureAwait(false),
            JobName = job.Name,
            Tags = job.Tags,
            Access = job.Models,
            Privacy = job.Privacy,
        };
    }

    private static async Task<JsonDocument> ReadBody(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LargestBody;
        try
        {
            return await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted).ConfigureAwait(false);
        }
        catch (JsonException error)
        {
            throw new WireException($"The body is no JSON: {error.Message}");
        }
    }

    private static async Task Write(HttpContext context, GatewayReply reply)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        SecurityHeaders.Add(response.Headers);
        foreach (var (name, value) in reply.Headers)
            response.Headers[name] = value;
        if (reply.Body is { } body)
        {
            response.ContentType = Json;
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        // A model may think for long, and a reader may take its time.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        response.ContentType = "text/event-stream";
        // For proxies that would collect what should go on at once.
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            // Also if the reader has gone already: what it cost must be settled.
            await reply.Stream!(response.BodyWriter, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private GatewayError? ErrorOf(Exception error, HttpContext context) =>
        error switch
        {
            WireException wire => new GatewayError(400, "invalid_request", wire.Message) { Field = wire.Field },
            ProblemException { Problem: var problem } => new GatewayError(problem.Status, problem.Type.Replace('-', '_'), problem.Detail)
            {
                RetryAfter = problem.RetryAfter,
            },
            BadHttpRequestException bad => new GatewayError(bad.StatusCode, "malformed", bad.Message),
            StoreException store => new GatewayError(503, "unavailable", store.Message) { RetryAfter = TimeSpan.FromSeconds(5) },
            OperationCanceledException or IOException => new GatewayError(499, "closed", "The caller has gone."),
            _ => Unexpected(error, context),
        };

    private GatewayError Unexpected(Exception error, HttpContext context)
    {
        daemon.Error($"A call to a model failed ({context.Request.Path}): {error.Message} ({error.GetType().Name})");
        return new GatewayError(
            500,
            "internal",
            "The call could not be done because of an error in AIOS itself. The daemon's log says more."
        );
    }
}
