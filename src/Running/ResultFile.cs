using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Aios.Platform;
using Aios.Running.Secrets;
using Aios.Store.Results;

namespace Aios.Running;

/// <summary>Takes what a program left as its result.</summary>
internal static class ResultFile
{
    public const int MaxBytes = ResultFolder.Longest;

    private const int MaxReason = 4096;

    /// <summary>
    /// Valid JSON without its secrets, or null; <paramref name="problem"/> says why something that is there was not kept.
    /// </summary>
    public static string? Read(string path, SecretMask? mask, out string? problem)
    {
        var content = PrivateFile.Read(path, MaxBytes, out problem);
        return content is null ? null : Parse(content, mask, out problem);
    }

    /// <summary>As above, of what was read.</summary>
    public static string? Parse(ReadOnlySpan<byte> json, SecretMask? mask, out string? problem)
    {
        json = json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        problem = Check(json);
        return problem is null ? Masked(Encoding.UTF8.GetString(json), mask, out problem) : null;
    }

    /// <summary>The first line of a file that says why a function failed, or null.</summary>
    public static string? ReadReason(string path)
    {
        var content = PrivateFile.Read(path, MaxReason, out _);
        return content is { Length: > 0 } ? ParseReason(content) : null;
    }

    /// <summary>As above, of what was read.</summary>
    public static string ParseReason(ReadOnlySpan<byte> line) => LineText.Decode(line.TrimEnd((byte)'\n'));

    private static string? Masked(string json, SecretMask? mask, out string? problem)
    {
        problem = null;
        try
        {
            return mask is null ? json : ResultMask.Apply(mask, json);
        }
        catch (InvalidOperationException)
        {
            problem = "a text in it is not Unicode, so it cannot be searched for secrets";
            return null;
        }
    }

    private static string? Check(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return "it is empty";
        }

        if (!Utf8.IsValid(json))
        {
            return "it is not UTF-8";
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepJson.MaxDepth });
            while (reader.Read()) { }

            return null;
        }
        catch (JsonException error)
        {
            return $"it is not valid JSON: {JsonFault.Words(json, error)}";
        }
    }
}
