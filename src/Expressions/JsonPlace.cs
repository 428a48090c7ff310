using System.Text;
using System.Text.Json;
using Aios.Platform;

namespace Aios.Expressions;

/// <summary>Where in a JSON text a reader is, for messages: <c>list[2].name</c>.</summary>
internal sealed class JsonPlace
{
    // A name and -1 in an object, the number of the item in an array.
    private readonly Stack<(string Name, int Item)> _open = new();

    /// <summary>Takes the token that was read.</summary>
    public void Follow(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.EndArray or JsonTokenType.EndObject:
                _open.Pop();
                return;
            case JsonTokenType.PropertyName:
                _open.Pop();
                _open.Push((RawJson.Text(reader.ValueSpan), -1));
                return;
        }

        if (_open.TryPeek(out var list) && list.Item >= 0)
        {
            _open.Pop();
            _open.Push(("", list.Item + 1));
        }

        if (reader.TokenType == JsonTokenType.StartArray)
            _open.Push(("", 0));
        else if (reader.TokenType == JsonTokenType.StartObject)
            _open.Push(("", -1));
    }

    public override string ToString()
    {
        var place = new StringBuilder();
        foreach (var (name, item) in _open.Reverse())
            place.Append(item >= 0 ? $"[{item - 1}]" : $"{(place.Length == 0 ? "" : ".")}{name}");
        return place.ToString();
    }
}
