namespace Aios.Jobs.Yaml;

/// <summary>The lines of a text, divided and counted from 1 as the parser does.</summary>
internal sealed class YamlLines
{
    private readonly string _text;
    private readonly List<(int Start, int End)> _lines = [];

    public YamlLines(string text)
    {
        _text = text;
        for (var start = 0; start <= text.Length; )
        {
            var length = text.AsSpan(start).IndexOfAny("\r\n\u0085\u2028\u2029");
            var end = length < 0 ? text.Length : start + length;
            _lines.Add((start, end));
            start = end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1);
        }
    }

    public int Count => _lines.Count;

    /// <summary>The line without its end; nothing beyond the last line.</summary>
    public string this[int number] => number < 1 || number > Count ? "" : _text[_lines[number - 1].Start.._lines[number - 1].End];
}
