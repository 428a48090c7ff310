using Aios.Api.Models;
using Aios.Api.Routes;
using Aios.Daemon;
using Aios.Store;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Aios.Api.Serving;

/// <summary>From a request to its answer: route, gate, reading, doing, writing. Whatever comes in, an answer goes out.</summary>
internal sealed class Application(
    RouteTable routes,
    Gate gate,
    LiveServing live,
    ConnectionLimits connections,
    DaemonHandle daemon,
    HttpMetrics metrics,
    ModelEndpoint models
) : IHttpApplication<HttpContext>
{
    /// <inheritdoc />
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    /// <inheritdoc />
    public void DisposeContext(HttpContext context, Exception? exception) { }

    /// <inheritdoc />
    public async Task ProcessRequestAsync(HttpContext context)
    {
        var began = metrics.Begin();
        var connection = context.Features.Get<OpenConnection>();
        connections.Begin(connection);
        try
        {
            await Respond(context).ConfigureAwait(false);
        }
        finally
        {
            connections.End(connection);
            metrics.End(began, context.Features.Get<Route>(), context.Response.StatusCode);
            if (daemon.TellsDetails)
                daemon.Debug(
                    $"{context.Request.Method} {context.Request.Path}: {context.Response.StatusCode}, "
                        + $"{daemon.Clock.GetElapsedTime(began).TotalMilliseconds:0.0} ms, from {ConnectionOf(context).Address}."
                );
        }
    }

    private async Task Respond(HttpContext context)
    {
        var path = PathOf(context.Request);
        if (ModelEndpoint.Serves(path))
        {
            await models.Respond(context, path, ConnectionOf(context)).ConfigureAwait(false);
            return;
        }

        var reply = await Answer(context, path).ConfigureAwait(false);
        var response = context.Response;
        response.StatusCode = reply.Status;
        SecurityHeaders.Add(response.Headers);
        foreach (var (name, value) in reply.Headers)
            response.Headers[name] = value;
        if (reply.Live is { } reader)
            await live.Serve(context, reader).ConfigureAwait(false);
        if (reply.MediaType.Length == 0)
            return;
        response.ContentType = reply.MediaType;
        response.ContentLength = reply.Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(reply.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task<Reply> Answer(HttpContext context, string[] path)
    {
        try
        {
            var (route, values) = Find(context.Request, path);
            context.Features.Set(route);
            var connection = ConnectionOf(context);
            var principal = gate.Admit(context.Request, connection, route);
            var request = await RequestReader
                .Read(context.Request, route, values, principal, connection, gate.StillAdmits(context.Request, principal))
                .ConfigureAwait(false);
            var reply = await route.Handle(request).ConfigureAwait(false);
            return reply.Live is null ? reply : Enter(context.Request, reply);
        }
        catch (ProblemException error)
        {
            return error.Problem.Status == 401 ? Reply.Of(error.Problem).With("WWW-Authenticate", "Bearer") : Reply.Of(error.Problem);
        }
        catch (BadHttpRequestException error)
        {
            return Reply.Of(
                new Problem(
                    error.StatusCode,
                    error.StatusCode == 413 ? "too-large" : "malformed",
                    "The request cannot be read",
                    error.Message
                )
            );
        }
        catch (StoreException error)
        {
            return Reply.Of(Problem.Unavailable(error.Message));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return Reply.Nothing();
        }
        catch (Exception error)
        {
            daemon.Error(
                $"A request of the API failed ({context.Request.Method} {context.Request.Path}): {error.Message} ({error.GetType().Name})"
            );
            return Reply.Of(
                new Problem(
                    500,
                    "internal",
                    "An error of AIOS",
                    "The request could not be done because of an error in AIOS itself. The daemon's log says more."
                )
            );
        }
    }

    private Reply Enter(HttpRequest request, Reply reply)
    {
        if (WebSocketHandshake.IsAskedFor(request) && WebSocketHandshake.ProblemOf(request) is { } problem)
            return Reply.Of(problem);
        return live.TryEnter() ? reply : Reply.Of(Problem.Unavailable($"{live.Most} streams are open already."));
    }

    private (Route Route, string[] Values) Find(HttpRequest request, string[] path)
    {
        if (routes.Find(request.Method, path, out var allowed) is { } found)
            return found;
        if (allowed.Length == 0)
            throw new ProblemException(Problem.NotFound("Nothing is at this path. /openapi.json says what there is."));
        throw new ProblemException(
            new Problem(405, "wrong-method", "Not with this method", $"Found {request.Method}, expected {allowed}.")
        );
    }

    // Split before it is decoded, so that a name may hold a slash.
    private static string[] PathOf(HttpRequest request)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var path = target.StartsWith('/') ? target.Split('?', 2)[0] : request.Path.Value ?? "/";
        return [.. path.Split('/').Skip(1).Select(Uri.UnescapeDataString)];
    }

    private static ConnectionFacts ConnectionOf(HttpContext context) =>
        context.Features.Get<ConnectionFacts>() ?? new ConnectionFacts(null, null);
}
