using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Aios.Platform;

namespace Aios.Expressions;

/// <summary>A JSON text with templates as its strings, at any depth; names are not templates. Immutable and thread-safe.</summary>
internal sealed class JsonTemplate
{
    // A text of JSON or a Template.
    private readonly ImmutableArray<object> _parts;

    private JsonTemplate(ImmutableArray<object> parts)
    {
        _parts = parts;
        References = [.. parts.OfType<Template>().SelectMany(template => template.References)];
    }

    public bool HasReferences => _parts.Any(part => part is Template);

    /// <summary>What the templates refer to; positions are those in the string.</summary>
    public ImmutableArray<Reference> References { get; }

    /// <exception cref="ExpressionException">It is not JSON, or a string in it is no template; the message says where.</exception>
    public static JsonTemplate Parse(string json, TemplateKind kind = TemplateKind.Plain)
    {
        var utf8 = JsonInput.ToUtf8(json);
        try
        {
            return Parse(utf8, kind);
        }
        catch (JsonException error)
        {
            throw JsonInput.NotJson(utf8, error);
        }
    }

    /// <summary>The JSON text with the values put in. All else is byte for byte as it was.</summary>
    /// <exception cref="ExpressionException">
    /// A reference has no value, or the result is longer than <see cref="Limits.Result"/>.
    /// </exception>
    public string Evaluate(IScope scope)
    {
        var output = new JsonOutput();
        foreach (var part in _parts)
            output.Append(part is Template template ? template.EvaluateJson(scope) : (string)part);
        return output.ToString();
    }

    private static JsonTemplate Parse(byte[] json, TemplateKind kind)
    {
        var parts = ImmutableArray.CreateBuilder<object>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepJson.MaxDepth });
        var place = new JsonPlace();
        var copied = 0;
        while (reader.Read())
        {
            place.Follow(ref reader);
            if (reader.TokenType != JsonTokenType.String || TemplateOf(reader.ValueSpan, place, kind) is not { } template)
                continue;
            var start = (int)reader.TokenStartIndex;
            parts.Add(Encoding.UTF8.GetString(json, copied, start - copied));
            parts.Add(template);
            copied = (int)reader.BytesConsumed;
        }

        parts.Add(Encoding.UTF8.GetString(json, copied, json.Length - copied));
        return new JsonTemplate(parts.ToImmutable());
    }

    // Null for a string that stays as it is.
    private static Template? TemplateOf(ReadOnlySpan<byte> text, JsonPlace place, TemplateKind kind)
    {
        if (!text.ContainsAny((byte)'$', (byte)'\\'))
            return null;
        try
        {
            var template = Template.Parse(RawJson.Text(text), kind);
            return template.IsVerbatim ? null : template;
        }
        catch (ExpressionException error)
        {
            throw new ExpressionException($"{place}: {error.Message}".TrimStart(':', ' '), error.Position);
        }
    }
}
