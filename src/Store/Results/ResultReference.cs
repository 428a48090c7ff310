using System.Text;
using System.Text.Json;

namespace Aios.Store.Results;

/// <summary>Where a result is that is too long for a row.</summary>
/// <param name="Path">The file: <c>results/NAME</c>, beside the database.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Sha256">What is in it, in hexadecimal.</param>
internal sealed record ResultReference(string Path, long Bytes, string Sha256)
{
    /// <summary>As the column <c>result_file</c> has it; null for none.</summary>
    public static string? Write(ResultReference? reference)
    {
        if (reference is null)
            return null;
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
            reference.WriteTo(json);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>Of that column. What is no reference, for any program may have written it, leads to no file.</summary>
    public static ResultReference? Read(string? json)
    {
        if (json is null)
            return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new ResultReference(
                root.GetProperty("path").GetString() ?? "",
                root.GetProperty("bytes").GetInt64(),
                root.GetProperty("sha256").GetString() ?? ""
            );
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new ResultReference("", 0, "");
        }
    }

    /// <summary>As a JSON object.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("path", Path);
        json.WriteNumber("bytes", Bytes);
        json.WriteString("sha256", Sha256);
        json.WriteEndObject();
    }
}
