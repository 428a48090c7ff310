using System.Globalization;
using System.Text;

namespace Aios.Notices;

/// <summary>
/// A mail as it goes over the wire (RFC 5322, RFC 2047): whatever the words are, nothing but plain ASCII, and no line that could
/// end it or be a header of its own.
/// </summary>
internal static class MailText
{
    private const int BytesOfWord = 45;
    private const int BytesOfLine = 57;

    /// <summary>The whole mail, with its last line ended.</summary>
    public static string Of(string from, IEnumerable<string> to, string subject, string text, string id, DateTimeOffset at)
    {
        var mail = new StringBuilder();
        mail.Append(CultureInfo.InvariantCulture, $"From: AIOS <{from}>\r\nTo: {string.Join(",\r\n ", to)}\r\n");
        mail.Append(CultureInfo.InvariantCulture, $"Subject: {Encoded(subject)}\r\n");
        mail.Append(
            CultureInfo.InvariantCulture,
            $"Date: {at.UtcDateTime:ddd, dd MMM yyyy HH:mm:ss} +0000\r\nMessage-ID: "
                + $"<{id}@{from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..]}>\r\n"
        );
        mail.Append(
            "MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
                + "base64\r\n\r\n"
        );
        foreach (var line in Encoding.UTF8.GetBytes(text).Chunk(BytesOfLine))
            mail.Append(Convert.ToBase64String(line)).Append("\r\n");
        return mail.ToString();
    }

    // Words of few bytes each, none of which parts a letter.
    private static string Encoded(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(word.ToString()) + rune.Utf8SequenceLength > BytesOfWord)
                Flush();
            word.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        Flush();
        return string.Join("\r\n ", words);

        void Flush()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(word.ToString()))}?=");
            word.Clear();
        }
    }
}
