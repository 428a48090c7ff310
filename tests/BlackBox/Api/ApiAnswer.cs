using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>What the API answered.</summary>
internal sealed record ApiAnswer(int Status, string Text, string? MediaType, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The body.</summary>
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>A member of the body.</summary>
    public JsonElement this[string name] => Json.GetProperty(name);

    /// <inheritdoc />
    public override string ToString() => $"{Status} {Text}";

    /// <summary>The same, where the status is the expected one.</summary>
    public ApiAnswer Expect(int status)
    {
        Assert.True(Status == status, $"Found the status {Status}, expected {status}: {Text}");
        return this;
    }
}
