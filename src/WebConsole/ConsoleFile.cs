namespace Aios.WebConsole;

/// <summary>A file of the console page, as browsers get it.</summary>
/// <param name="Name">Such as <c>app.js</c>.</param>
/// <param name="MediaType">Such as <c>text/javascript; charset=utf-8</c>.</param>
/// <param name="Tag">Another one for each content, in quotation marks, as HTTP has it.</param>
/// <param name="Content">The file.</param>
internal sealed record ConsoleFile(string Name, string MediaType, string Tag, ReadOnlyMemory<byte> Content);
