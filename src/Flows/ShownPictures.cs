using System.Text.Json;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Flows;

/// <summary>
/// Pictures among the values that a person is shown: a value <c>{picture: PATH}</c> of <c>show</c>. What the person decides about
/// is the picture as it was then, so its SHA-256 becomes a part of what was shown.
/// </summary>
/// <param name="home">The folder in which they are.</param>
internal sealed class ShownPictures(string home)
{
    private const string Picture = "picture";

    // They are read within a transaction, which others wait for.
    private const long LargestInAll = 2L * HomePicture.Largest;

    /// <summary>The shown values, each picture with its SHA-256 and its bytes.</summary>
    /// <exception cref="StepException">A picture cannot be shown. The message says which, and why.</exception>
    public string Describe(string shownJson)
    {
        if (!shownJson.Contains($"\"{Picture}\"", StringComparison.Ordinal))
            return shownJson;
        using var shown = JsonDocument.Parse(shownJson, DeepJson.Options);
        if (shown.RootElement.ValueKind != JsonValueKind.Object)
            return shownJson;
        return JsonText.Write(json =>
        {
            var bytes = 0L;
            json.WriteStartObject();
            foreach (var value in shown.RootElement.EnumerateObject())
            {
                json.WritePropertyName(value.Name);
                if (PathOf(value.Value) is { } path)
                    Write(json, value.Name, path, ref bytes);
                else
                    value.Value.WriteTo(json);
            }

            json.WriteEndObject();
        });
    }

    /// <summary>A picture as it was shown.</summary>
    /// <param name="shownJson">The shown values.</param>
    /// <param name="name">The name of one of them.</param>
    /// <returns>Its path and its SHA-256; null if that value is no picture.</returns>
    public static (string Path, string Sha256)? Find(string shownJson, string name)
    {
        using var shown = JsonDocument.Parse(ForeignJson.OrText(shownJson), DeepJson.Options);
        return
            shown.RootElement.ValueKind == JsonValueKind.Object
            && shown.RootElement.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.Object
            && TextOf(value, Picture) is { } path
            && TextOf(value, "sha256") is { } sha256
            ? (path, sha256)
            : null;
    }

    private static string? PathOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 1 ? TextOf(value, Picture) : null;

    private static string? TextOf(JsonElement value, string name) =>
        value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private void Write(Utf8JsonWriter json, string name, string path, ref long bytes)
    {
        try
        {
            var picture = HomePicture.Read(home, path);
            if ((bytes += picture.Content.Length) > LargestInAll)
                throw new PictureException(
                    $"with {path} the pictures have {bytes} bytes, expected at most {LargestInAll} ({LargestInAll >> 20} MiB) in all"
                );
            json.WriteStartObject();
            json.WriteString(Picture, path);
            json.WriteString("sha256", picture.Sha256);
            json.WriteNumber("bytes", picture.Content.Length);
            json.WriteEndObject();
        }
        catch (PictureException error)
        {
            throw new StepException($"show.{name}: {error.Message}");
        }
    }
}
