using System.Collections.Immutable;
using System.Text.Json;
using Aios.Jobs;

namespace Aios.Flows;

/// <summary>What is kept of a step beside its row: how far its items have come, and what its ladder has tried.</summary>
internal sealed record StepDetail
{
    /// <summary>Nothing.</summary>
    public static readonly StepDetail None = new();

    /// <summary>How many items it has; null if it is no step with items.</summary>
    public int? Count { get; init; }

    /// <summary>The next item to begin.</summary>
    public int Next { get; init; }

    /// <summary>How many items are open.</summary>
    public int Open { get; init; }

    /// <summary>How many items have failed.</summary>
    public int Failed { get; init; }

    /// <summary>Whether no further item begins, for the flow is being ended.</summary>
    public bool IsStopped { get; init; }

    /// <summary>Whether items are kept that a former attempt of the flow has finished.</summary>
    public bool IsResumed { get; init; }

    /// <summary>Why the first of those failed.</summary>
    public string? FirstFailure { get; init; }

    /// <summary>What was tried, and why it had to be.</summary>
    public ImmutableArray<TriedRung> Tried { get; init; } = [];

    /// <summary>Reads it.</summary>
    public static StepDetail Read(string? json)
    {
        if (json is null)
            return None;
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new StepDetail
        {
            Count = root.TryGetProperty("count", out var count) ? count.GetInt32() : null,
            Next = Number(root, "next"),
            Open = Number(root, "open"),
            Failed = Number(root, "failed"),
            IsStopped = root.TryGetProperty("stopped", out _),
            IsResumed = root.TryGetProperty("resumed", out _),
            FirstFailure = root.TryGetProperty("first_failure", out var failure) ? failure.GetString() : null,
            Tried = root.TryGetProperty("tried", out var tried) ? [.. tried.EnumerateArray().Select(TriedRung.Read)] : [],
        };
    }

    /// <summary>As JSON; null if there is nothing to keep.</summary>
    public string? Write()
    {
        if (Count is null && Tried.IsEmpty)
            return null;
        return JsonText.Write(json =>
        {
            json.WriteStartObject();
            if (Count is { } count)
            {
                json.WriteNumber("count", count);
                json.WriteNumber("next", Next);
                json.WriteNumber("open", Open);
                json.WriteNumber("failed", Failed);
                if (IsStopped)
                    json.WriteBoolean("stopped", true);
                if (IsResumed)
                    json.WriteBoolean("resumed", true);
            }

            if (FirstFailure is not null)
                json.WriteString("first_failure", FirstFailure);
            if (!Tried.IsEmpty)
            {
                json.WriteStartArray("tried");
                foreach (var rung in Tried)
                    rung.Write(json);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        });
    }

    private static int Number(JsonElement root, string name) => root.TryGetProperty(name, out var number) ? number.GetInt32() : 0;
}

/// <summary>A rung of a ladder that was tried.</summary>
/// <param name="Rung">Which, in a word.</param>
/// <param name="Reason">What had failed before.</param>
/// <param name="At">When, Unix seconds.</param>
internal sealed record TriedRung(string Rung, string Reason, double At)
{
    public static TriedRung Read(JsonElement json) =>
        new(json.GetProperty("rung").GetString()!, json.GetProperty("reason").GetString()!, json.GetProperty("at").GetDouble());

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("rung", Rung);
        json.WriteString("reason", Reason);
        json.WriteNumber("at", At);
        json.WriteEndObject();
    }
}
