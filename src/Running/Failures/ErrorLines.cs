namespace Aios.Running.Failures;

/// <summary>Remembers the last thing that a run said of an error: the line that says why it failed, if it fails.</summary>
internal sealed class ErrorLines
{
    // What follows the line of an exception for longer is about something else.
    private const int Reach = 30;

    // What stands below the line that tells: frames of a stack, and general advice.
    private static readonly string[] Noise =
    [
        "at ",
        "from ",
        "Node.js v",
        "note: run with `RUST_BACKTRACE",
        "npm ERR! A complete log",
        "npm error A complete log",
        "sys:1: ",
    ];

    private static readonly string[] Telling = ["panic: ", "fatal error: ", "PHP Fatal error: ", "Exception in thread \""];

    private string? _last;
    private string? _exception;
    private int _since;
    private bool _inTraceback;

    /// <summary>The last exception that was printed, if little was printed since.</summary>
    public string? Exception => _exception is not null && _since <= Reach ? LineText.Plain(_exception) : null;

    /// <summary>The exception, else the last line; null if nothing was said.</summary>
    public string? Last => Exception ?? (_last is null ? null : LineText.Plain(_last));

    /// <summary>Takes a line that may speak of an error; whether it belongs to an exception.</summary>
    public bool Note(string line)
    {
        var text = line.AsSpan().Trim(" \t|+-");
        if (text.IsEmpty)
        {
            return _inTraceback;
        }

        _since++;
        if (!StartsWithAny(text, Noise))
        {
            _last = line;
        }

        if (BeginsTraceback(line))
        {
            return _inTraceback = true;
        }

        if (_inTraceback ? line[0] is ' ' or '\t' : !NamesException(line))
        {
            return _inTraceback;
        }

        _inTraceback = false;
        _exception = line;
        _since = 0;
        return true;
    }

    private static bool BeginsTraceback(string line) =>
        line[0] switch
        {
            'T' => line is "Traceback (most recent call last):" or "The above exception was the direct cause of the following exception:",
            'E' => line.StartsWith("Exception in thread ", StringComparison.Ordinal) && line.EndsWith(':'),
            'D' => line == "During handling of the above exception, another exception occurred:",
            ' ' => line == "  + Exception Group Traceback (most recent call last):",
            _ => false,
        };

    // "ValueError: no" as well as "java.io.IOException: no", but no sentence about one.
    private static bool NamesException(string line)
    {
        var name = line.AsSpan(0, Math.Max(0, line.IndexOf(": ", StringComparison.Ordinal)));
        var isName = name.EndsWith("Error") || name.EndsWith("Exception");
        return (isName && name.IndexOfAny(' ', '/', '[') < 0) || StartsWithAny(line, Telling);
    }

    private static bool StartsWithAny(ReadOnlySpan<char> text, string[] beginnings)
    {
        foreach (var beginning in beginnings)
        {
            if (text.StartsWith(beginning, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
