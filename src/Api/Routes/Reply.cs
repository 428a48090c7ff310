using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aios.Api.Live;

namespace Aios.Api.Routes;

/// <summary>What is sent back.</summary>
internal sealed class Reply
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly List<(string Name, string Value)> _headers = [];

    private Reply(int status, string mediaType, ReadOnlyMemory<byte> body)
    {
        Status = status;
        MediaType = mediaType;
        Body = body;
    }

    /// <summary>What goes on and on in the place of a body, or null.</summary>
    public LiveReader? Live { get; private init; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>Of the body; empty where there is none.</summary>
    public string MediaType { get; }

    /// <summary>Whole.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Besides those that each answer has.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers => _headers;

    /// <summary>Done, and nothing more to say.</summary>
    public static Reply Nothing() => new(204, "", default);

    /// <summary>What the asker has already is still right.</summary>
    public static Reply NotModified() => new(304, "", default);

    /// <summary>Bytes as they are.</summary>
    public static Reply File(ReadOnlyMemory<byte> content, string mediaType) => new(200, mediaType, content);

    /// <summary>It will be done.</summary>
    public static Reply Accepted() => new(202, "", default);

    /// <summary>What happens, from now on.</summary>
    public static Reply Follow(LiveReader reader) => new(200, "", default) { Live = reader };

    /// <summary>A JSON value.</summary>
    public static Reply Json(Action<Utf8JsonWriter> write, int status = 200) => new(status, "application/json", Bytes(write));

    /// <summary>Text that is written already.</summary>
    public static Reply Text(string text, string mediaType, int status = 200) => new(status, mediaType, Encoding.UTF8.GetBytes(text));

    /// <summary>A problem.</summary>
    public static Reply Of(Problem problem)
    {
        var reply = new Reply(problem.Status, Problem.MediaType, Bytes(problem.Write));
        if (problem.RetryAfter is { } wait)
            reply.With("Retry-After", $"{Math.Ceiling(wait.TotalSeconds):0}");
        return reply;
    }

    /// <summary>Adds a header.</summary>
    public Reply With(string name, string value)
    {
        _headers.Add((name, value));
        return this;
    }

    private static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json);
        return buffer.WrittenMemory;
    }
}
