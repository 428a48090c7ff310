using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Control;
using Aios.Store;

namespace Aios.Api.Subjects;

/// <summary>Long lists, page by page.</summary>
internal static class Paging
{
    private const int Standard = 50;
    private const int Largest = 1000;

    /// <summary>The parameters of a long list.</summary>
    public static readonly ImmutableArray<Parameter> Parameters =
    [
        new("limit", new WholeShape(1, Largest) { About = $"How many at most (default: {Standard})" }),
        new("cursor", new TextShape { Longest = 20, About = "What `next_cursor` of the page before says" }),
    ];

    /// <summary>How many are asked for.</summary>
    public static int Limit(this ApiRequest request) => (int)(request.Whole("limit") ?? Standard);

    /// <summary>Where the page begins; null for the first one.</summary>
    /// <exception cref="ProblemException">No page has given such a cursor.</exception>
    public static long? Cursor(this ApiRequest request)
    {
        if (request.Text("cursor") is not { } text)
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        throw new ProblemException(Problem.Invalid("cursor", "expected what next_cursor of the page before says"));
    }

    /// <summary>Which rows the principal asks for, of those that are theirs to see.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="withStatus">Whether <c>status</c> is that of a run.</param>
    public static RowFilter Filter(this ApiRequest request, bool withStatus = true) =>
        new()
        {
            JobName = request.Text("job"),
            JobPatterns = request.Principal.Jobs.Patterns,
            Status = withStatus ? request.Status("status") : null,
            Since = request.Instant("since"),
            Until = request.Instant("until"),
            TriggerId = request.Whole("trigger"),
            Device = request.Text("device"),
            Actor = request.Text("actor"),
            Action = request.Text("action"),
        };

    /// <summary>A page.</summary>
    public static Reply Reply<T>(Page<T> page, Action<Utf8JsonWriter, T> write) =>
        Routes.Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteArray("items", page.Items, write);
            json.WriteText("next_cursor", page.Next?.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        });

    /// <summary>A list of all there is.</summary>
    public static Reply All<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write) =>
        Routes.Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteArray("items", items, write);
            json.WriteEndObject();
        });
}
