using System.Text.Json;
using Aios.Api.Shapes;

namespace Aios.Api.Routes;

/// <summary>Why a request was not done, as RFC 9457 has it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The last part of its type, for programs: it stays the same whatever the words are.</param>
/// <param name="Title">The kind of problem in words.</param>
/// <param name="Detail">What happened, what was expected, what to do.</param>
internal sealed record Problem(int Status, string Type, string Title, string Detail)
{
    /// <summary>The media type of problems.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>How each problem looks.</summary>
    public static readonly ObjectShape Shape = new(
        "Problem",
        [
            new("type", new TextShape { About = "Names the kind of problem for programs" }),
            new("title", new TextShape { About = "The kind of problem in words" }),
            new("status", new WholeShape(400, 599)),
            new("detail", new TextShape { About = "What happened, what was expected, what to do" }),
            new(
                "errors",
                new ListShape(
                    new ObjectShape(
                        "FieldProblem",
                        [
                            new("field", new TextShape { About = "A JSON Pointer into the body, or the name of a parameter" }),
                            new("detail", new TextShape()),
                        ]
                    )
                )
                {
                    About = "What is wrong, by field",
                },
                IsRequired: false
            ),
            new("confirmation", NeededConfirmation.Shape, IsRequired: false),
        ]
    );

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyList<FieldDefect> Defects { get; init; } = [];

    /// <summary>What must be confirmed first; null where that is not the reason.</summary>
    public NeededConfirmation? Confirmation { get; init; }

    /// <summary>When to try again; null if that would not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Problem Invalid(IReadOnlyList<FieldDefect> defects) =>
        new(400, "invalid-request", "The request is not as expected", string.Join("; ", defects.Select(InWords))) { Defects = defects };

    public static Problem Invalid(string field, string detail) => Invalid([new FieldDefect(field, detail)]);

    public static Problem NotFound(string detail) => new(404, "not-found", "There is no such thing", detail);

    public static Problem Conflict(string detail) => new(409, "conflict", "It does not go with how things are", detail);

    public static Problem Unavailable(string detail) =>
        new(503, "unavailable", "Not possible just now", detail) { RetryAfter = TimeSpan.FromSeconds(5) };

    /// <summary>Writes it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", $"urn:aios:problem:{Type}");
        json.WriteString("title", Title);
        json.WriteNumber("status", Status);
        json.WriteString("detail", Detail);
        if (Defects.Count > 0)
            WriteDefects(json);
        if (Confirmation is not null)
        {
            json.WritePropertyName("confirmation");
            Confirmation.Write(json);
        }

        json.WriteEndObject();
    }

    private void WriteDefects(Utf8JsonWriter json)
    {
        json.WriteStartArray("errors");
        foreach (var defect in Defects)
        {
            json.WriteStartObject();
            json.WriteString("field", defect.Field);
            json.WriteString("detail", defect.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string InWords(FieldDefect defect) => defect.Field.Length == 0 ? defect.Detail : $"{defect.Field}: {defect.Detail}";
}
