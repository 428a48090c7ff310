using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>One URL to which <c>/start</c> and <c>/fail</c> are added, or a map that has one for each.</summary>
internal sealed class PingFormat : FieldFormat<PingUrls?>
{
    private static readonly string[] Names = ["start", "success", "fail"];
    private static readonly UrlFormat Url = new();

    /// <inheritdoc/>
    public override string Kind => "URL, or map with any of start, success, fail";

    /// <inheritdoc/>
    public override string Expected => $"{Url.Expected}; or a map such as {{success: \"https://example.org/ok\"}}";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out PingUrls? value)
    {
        value = null;
        if (node is YamlScalar)
        {
            if (!Url.TryRead(node, report, out var url))
                return false;
            value = new PingUrls(url);
            return true;
        }

        if (node is not YamlMap { Entries.IsEmpty: false } map)
            return Fail(node, report, out value);
        var urls = new PingUrls(null);
        var isWhole = report.Once(map);
        foreach (var entry in map.Entries)
            isWhole &= TryRead(entry, report, ref urls);
        value = isWhole ? urls : null;
        return isWhole;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        Url.WriteSchema(json);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var name in Names)
        {
            json.WriteStartObject(name);
            Url.WriteSchema(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, PingUrls? value)
    {
        if (value is null)
        {
            json.WriteNullValue();
            return;
        }

        if (value.Url is not null)
        {
            json.WriteStringValue(value.Url);
            return;
        }

        json.WriteStartObject();
        if (value.Start is not null)
            json.WriteString("start", value.Start);
        if (value.Success is not null)
            json.WriteString("success", value.Success);
        if (value.Fail is not null)
            json.WriteString("fail", value.Fail);
        json.WriteEndObject();
    }

    private static bool TryRead(YamlEntry entry, Reporter report, ref PingUrls urls)
    {
        if (!Names.Contains(entry.Name))
            return report.Error(
                entry.Key,
                $"unknown name {YamlScalar.Quoted(entry.Name)}",
                entry.Key.Found,
                report.Nearest(entry.Name, Names)
            );
        if (!Url.TryRead(entry.Value, report.ForField($"{report.Field}.{entry.Name}"), out var url))
            return false;
        urls = entry.Name switch
        {
            "start" => urls with { Start = url },
            "success" => urls with { Success = url },
            _ => urls with { Fail = url },
        };
        return true;
    }
}
