using System.Globalization;
using System.Text.Json;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Notices;

/// <summary>Tells somebody something, in whatever way they are told.</summary>
/// <param name="home">What files are relative to.</param>
/// <param name="mail">The server that takes mails; null for none.</param>
/// <param name="command">Starts a program with a message as its keyword arguments, and waits for its end; the answer is what was
/// wrong, or null.</param>
/// <param name="clock">The only source of time.</param>
internal sealed class Sender(
    string home,
    MailSettings? mail,
    Func<NoticeChannel, string, CancellationToken, Task<string?>> command,
    TimeProvider clock
) : IDisposable
{
    private const int LongestSubject = 150;

    private readonly NoticeTargets _places = new(home);
    private readonly HttpSender _http = new();
    private readonly MailSender _mail = new(mail, clock);

    /// <summary>Tells it.</summary>
    /// <param name="channel">Whom, and how.</param>
    /// <param name="message">What: see <see cref="Message"/>.</param>
    /// <param name="id">Tells it from all others, also from those of other databases.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<Delivery> Send(NoticeChannel channel, string message, string id, CancellationToken cancel)
    {
        try
        {
            using var parsed = JsonDocument.Parse(message, DeepJson.Options);
            return channel.Way switch
            {
                NoticeTransport.Webhook => await _http
                    .Send(_places.Resolve(channel.Target), WithId(parsed.RootElement, id), "application/json", id, cancel)
                    .ConfigureAwait(false),
                NoticeTransport.Slack => await _http
                    .Send(_places.Resolve(channel.Target), SlackForm(parsed.RootElement), "application/json", id, cancel)
                    .ConfigureAwait(false),
                NoticeTransport.Email => await _mail
                    .Send(_places.Resolve(channel.Target), Subject(parsed.RootElement), Body(parsed.RootElement), id, cancel)
                    .ConfigureAwait(false),
                _ => new Delivery(await command(channel, WithId(parsed.RootElement, id), cancel).ConfigureAwait(false)),
            };
        }
        catch (NoticeException error)
        {
            return new Delivery(error.Message);
        }
        catch (JsonException)
        {
            return new Delivery("its message is no JSON", IsHopeless: true);
        }
    }

    /// <summary>Asks a URL, and no more.</summary>
    public async Task<Delivery> Ping(string target, string suffix, string? body, CancellationToken cancel)
    {
        try
        {
            var url = _places.Resolve(target);
            var query = url.IndexOf('?', StringComparison.Ordinal);
            return await _http
                .Send(
                    suffix.Length == 0 ? url
                        : query < 0 ? url.TrimEnd('/') + suffix
                        : url[..query].TrimEnd('/') + suffix + url[query..],
                    body,
                    "text/plain",
                    null,
                    cancel
                )
                .ConfigureAwait(false);
        }
        catch (NoticeException error)
        {
            return new Delivery(error.Message);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static string WithId(JsonElement message, string id) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            foreach (var member in message.EnumerateObject())
                member.WriteTo(json);
            json.WriteEndObject();
        });

    // A name or a reason must not become a link, a mention or a format.
    private static string SlackForm(JsonElement message) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString(
                "text",
                Message
                    .TextOf(message)
                    .Replace("&", "&amp;", StringComparison.Ordinal)
                    .Replace("<", "&lt;", StringComparison.Ordinal)
                    .Replace(">", "&gt;", StringComparison.Ordinal)
            );
            json.WriteEndObject();
        });

    private static string Subject(JsonElement message)
    {
        var text = $"[AIOS] {Message.TextOf(message)}";
        return text.Length <= LongestSubject
            ? text
            : $"{text[..(char.IsHighSurrogate(text[LongestSubject - 1]) ? LongestSubject - 1 : LongestSubject)]}...";
    }

    private static string Body(JsonElement message)
    {
        var lines = message
            .EnumerateObject()
            .Where(member => member.Name != "text")
            .Select(member => string.Create(CultureInfo.InvariantCulture, $"{member.Name}: {member.Value}"));
        return $"{Message.TextOf(message)}\n\n{string.Join('\n', lines)}\n";
    }
}
