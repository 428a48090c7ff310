using System.Text.Json;
using Aios.Platform;

namespace Aios.Expressions;

/// <summary>A string of a JSON text, read when it is looked at.</summary>
internal sealed class JsonString(JsonElement element)
{
    private string? _text;

    public string Text => _text ??= RawJson.Text(element);

    public string Raw => element.GetRawText();
}
