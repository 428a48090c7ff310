using System.Text.Json;
using Aios.Api.Shapes;
using Aios.Control;
using Aios.Control.Confirm;

namespace Aios.Api.Routes;

/// <summary>What must be confirmed before a request is done, as a member of its problem.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="By">Who confirms it: self or other.</param>
/// <param name="Header">The value of the header <c>Confirm</c> with which the request is repeated.</param>
internal sealed record NeededConfirmation(RiskyOperation Operation, string By, string Header)
{
    /// <summary>How it looks.</summary>
    public static readonly ObjectShape Shape = new(
        "NeededConfirmation",
        [
            new("operation", new TextShape { Choices = [.. RiskyKinds.All] }),
            new("name", new TextShape { About = "The name of what is at stake; a page has it typed" }),
            new("question", new TextShape()),
            new("shown", new AnyShape { About = "What it would do, by name" }),
            new("digest", new TextShape { About = "Names what it would do" }),
            new("by", new TextShape { Choices = ["self", "other"], About = "Who confirms it" }),
            new("header", new TextShape { About = "The value of the header `Confirm` with which the request is repeated" }),
            new("expires", new InstantShape()),
            new("approval_id", new WholeShape(1) { OrNull = true, About = "What another person must approve" }),
            new("approval_url", new TextShape { OrNull = true }),
        ]
    );

    /// <summary>Until when, as the API writes it.</summary>
    public required string Expires { get; init; }

    /// <summary>What another person must approve.</summary>
    public long? Approval { get; init; }

    /// <summary>Where that is.</summary>
    public string? Url { get; init; }

    /// <summary>Writes it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("operation", Operation.Kind);
        json.WriteString("name", Operation.Name);
        json.WriteString("question", Operation.Question);
        json.WritePropertyName("shown");
        json.WriteRawValue(Operation.ShownJson);
        json.WriteString("digest", Operation.Digest);
        json.WriteString("by", By);
        json.WriteString("header", Header);
        json.WriteString("expires", Expires);
        json.WriteNumberOrNull("approval_id", Approval);
        json.WriteText("approval_url", Url);
        json.WriteEndObject();
    }
}
