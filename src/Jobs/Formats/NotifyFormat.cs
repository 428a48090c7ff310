using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A list of those who are told; one alone needs no list, and an empty one tells nobody.</summary>
internal sealed class NotifyFormat : FieldFormat<ImmutableArray<NoticeChannel>>
{
    private const string OnName = "on";
    private const string RepeatName = "repeat";
    private static readonly UrlFormat Url = new();
    private static readonly MailAddressesFormat Addresses = new();
    private static readonly ArgumentVectorFormat Arguments = new();
    private static readonly ChoiceFormat<NoticeEvents> Event = new(NoticeEventNames.All);
    private static readonly DurationFormat Repeat = new(TimeSpan.Zero, TimeSpan.FromDays(7));
    private static readonly ImmutableArray<string> Ways =
    [
        .. Enum.GetValues<NoticeTransport>().Select(way => way.ToString().ToLowerInvariant()),
    ];

    /// <inheritdoc/>
    public override string Kind => $"list of maps with one of {string.Join(", ", Ways)}, and any of {OnName}, {RepeatName}";

    /// <inheritdoc/>
    public override string Expected => "a list of channels such as [{email: ops@example.org, on: [failure, recovery]}]";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableArray<NoticeChannel> value)
    {
        value = [];
        if (node is YamlMap single)
            return TryReadAll([single], report, out value);
        return node is YamlList list ? TryReadAll(list.Items, report, out value) : Fail(node, report, out value);
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        WriteChannelSchema(json);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        WriteChannelSchema(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableArray<NoticeChannel> value)
    {
        json.WriteStartArray();
        foreach (var channel in value)
            Write(json, channel);
        json.WriteEndArray();
    }

    private static bool TryReadAll(ImmutableArray<YamlNode> items, Reporter report, out ImmutableArray<NoticeChannel> value)
    {
        var channels = new List<NoticeChannel>();
        var isWhole = true;
        foreach (var item in items)
        {
            if (item is not YamlMap map)
                isWhole = report.Unexpected(item, "a map such as {webhook: \"https://example.org/hook\"}");
            else if (ReadChannel(map, report) is { } channel)
                channels.Add(channel);
            else
                isWhole = false;
        }

        value = isWhole ? [.. channels] : [];
        return isWhole;
    }

    private static NoticeChannel? ReadChannel(YamlMap map, Reporter report)
    {
        NoticeChannel? channel = null;
        var (on, repeat) = (NoticeEvents.All, NoticeChannel.StandardRepeat);
        var (isWhole, hasWay) = (report.Once(map), false);
        foreach (var entry in map.Entries)
        {
            var field = report.ForField($"{report.Field}.{entry.Name}");
            if (entry.Name == OnName)
                isWhole &= TryReadEvents(entry.Value, field, out on);
            else if (entry.Name == RepeatName)
                isWhole &= Repeat.TryRead(entry.Value, field, out repeat);
            else if (!Ways.Contains(entry.Name))
                (hasWay, isWhole) = (
                    true,
                    report.Error(
                        entry.Key,
                        $"unknown name {YamlScalar.Quoted(entry.Name)}",
                        entry.Key.Found,
                        report.Nearest(entry.Name, Ways.Add(OnName).Add(RepeatName))
                    )
                );
            else if (hasWay)
                isWhole = report.Error(entry.Key, "a second channel in one entry; write it as a separate entry");
            else
                (hasWay, isWhole) = (true, TryReadWay(entry, field, out channel) && isWhole);
        }

        if (!hasWay)
            isWhole &= report.Error(map, $"has no channel; expected one of {string.Join(", ", Ways)}");
        return isWhole && channel is not null ? channel with { On = on, Repeat = repeat } : null;
    }

    private static bool TryReadWay(YamlEntry entry, Reporter report, out NoticeChannel? channel)
    {
        channel = null;
        var way = Enum.GetValues<NoticeTransport>()[Ways.IndexOf(entry.Name)];
        if (way == NoticeTransport.Command)
        {
            if (!Arguments.TryRead(entry.Value, report, out var command))
                return false;
            channel = new NoticeChannel(way, "") { Command = command };
            return true;
        }

        if (!(way == NoticeTransport.Email ? (TextFormat)Addresses : Url).TryRead(entry.Value, report, out var target))
            return false;
        channel = new NoticeChannel(way, target!);
        return true;
    }

    private static bool TryReadEvents(YamlNode node, Reporter report, out NoticeEvents events)
    {
        events = NoticeEvents.None;
        ImmutableArray<YamlNode> items = node is YamlList { Items.IsEmpty: false } list ? list.Items : [node];
        var isWhole = true;
        foreach (var item in items)
        {
            isWhole &= Event.TryRead(item, report, out var one);
            events |= one;
        }

        return isWhole;
    }

    private static void Write(Utf8JsonWriter json, NoticeChannel channel)
    {
        json.WriteStartObject();
        json.WritePropertyName(channel.Word);
        if (channel.Way == NoticeTransport.Command)
            Arguments.WriteValue(json, channel.Command);
        else
            json.WriteStringValue(channel.Target);
        if (channel.On != NoticeEvents.All)
        {
            json.WriteStartArray(OnName);
            foreach (var (name, value) in NoticeEventNames.All.Where(pair => channel.On.HasFlag(pair.Value)))
                json.WriteStringValue(name);
            json.WriteEndArray();
        }

        if (channel.Repeat != NoticeChannel.StandardRepeat)
            json.WriteString(RepeatName, Duration.Text(channel.Repeat));
        json.WriteEndObject();
    }

    private static void WriteChannelSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var way in Ways)
        {
            json.WriteStartObject(way);
            if (way == "command")
                Arguments.WriteSchema(json);
            else if (way == "email")
                Addresses.WriteSchema(json);
            else
                Url.WriteSchema(json);
            json.WriteEndObject();
        }

        json.WriteStartObject(OnName);
        json.WriteStartArray("anyOf");
        WriteEvent(json);
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteNumber("minItems", 1);
        json.WritePropertyName("items");
        WriteEvent(json);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject(RepeatName);
        Repeat.WriteSchema(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
    }

    private static void WriteEvent(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Event.WriteSchema(json);
        json.WriteEndObject();
    }
}
