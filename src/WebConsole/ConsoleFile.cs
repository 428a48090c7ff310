using Aios.Platform;

namespace Aios.WebConsole;

/// <summary>A file of the console page, as browsers get it. It is read when the first browser asks for it.</summary>
internal sealed class ConsoleFile
{
    private readonly Lazy<byte[]> _content;
    private readonly Lazy<string> _tag;

    /// <param name="name">Such as <c>app.js</c>.</param>
    /// <param name="mediaType">Such as <c>text/javascript; charset=utf-8</c>.</param>
    /// <param name="read">Reads the file.</param>
    public ConsoleFile(string name, string mediaType, Func<byte[]> read)
    {
        (Name, MediaType) = (name, mediaType);
        _content = new(read);
        _tag = new(() => $"\"{Convert.ToHexStringLower(Sha256.Of(_content.Value).AsSpan(0, 8))}\"");
    }

    /// <summary>Such as <c>app.js</c>.</summary>
    public string Name { get; }

    /// <summary>Such as <c>text/javascript; charset=utf-8</c>.</summary>
    public string MediaType { get; }

    /// <summary>Another one for each content, in quotation marks, as HTTP has it.</summary>
    public string Tag => _tag.Value;

    /// <summary>The file.</summary>
    public ReadOnlyMemory<byte> Content => _content.Value;
}
