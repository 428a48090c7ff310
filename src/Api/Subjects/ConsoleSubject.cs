using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.WebConsole;

namespace Aios.Api.Subjects;

/// <summary>
/// The console page: files that are the same for everybody, so that nobody is asked who they are. What the page shows and
/// does goes through the API, with the same checks as anybody's requests.
/// </summary>
internal static class ConsoleSubject
{
    // Nothing from elsewhere, nothing inline, no text that becomes code or markup.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>What can be asked for. It is no part of the description: no program has a use for it.</summary>
    public static IEnumerable<Route> Routes => ConsoleFiles.All().Select(RouteOf);

    private static Route RouteOf(ConsoleFile file) =>
        new()
        {
            Method = "GET",
            Path = new(file.Name == ConsoleFiles.Page ? "/" : $"/console/{file.Name}"),
            Role = Role.Anyone,
            Id = $"console {file.Name}",
            Summary = "A file of the console",
            Answer = new(new AnyShape(), MediaType: file.MediaType),
            Handle = request => Task.FromResult(Serve(file, request)),
        };

    private static Reply Serve(ConsoleFile file, ApiRequest request)
    {
        var isKnown = request.IfNoneMatch?.Split(',', StringSplitOptions.TrimEntries).Contains(file.Tag) ?? false;
        return (isKnown ? Reply.NotModified() : Reply.File(file.Content, file.MediaType))
            .With("ETag", file.Tag)
            .With("Cache-Control", "no-cache")
            .With("Content-Security-Policy", Policy)
            .With("Cross-Origin-Opener-Policy", "same-origin");
    }
}
