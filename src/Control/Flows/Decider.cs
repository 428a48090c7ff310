using System.Collections.Immutable;
using System.Text.Json;
using Aios.Jobs.Works;
using Aios.Store.Audit;

namespace Aios.Control.Flows;

/// <summary>Somebody who decides.</summary>
/// <param name="By">Who, for the audit.</param>
/// <param name="Roles">The roles that they have, and those below.</param>
internal sealed record Decider(Actor By, ImmutableArray<string> Roles)
{
    private static readonly string[] Kinds = ["key ", "user "];

    /// <summary>Whether they are one of those who may decide: by role, by the name of their key, or as a user of this machine.</summary>
    /// <param name="byJson">A JSON array; empty for everybody who may approve.</param>
    public bool IsAmong(string byJson)
    {
        var names = Names(byJson);
        return names.Count == 0 || names.Any(name => PeopleFormat.IsRole(name) ? Roles.Contains(name) : name == Name || name == By.Name);
    }

    /// <summary>Who may decide, in words.</summary>
    public static string InWords(string byJson) =>
        Names(byJson) is { Count: > 0 } names ? string.Join(", ", names) : "everybody who may approve";

    // "key deploy" is deploy; what stands behind a name in brackets is no part of it.
    private string Name
    {
        get
        {
            var kind = Kinds.FirstOrDefault(kind => By.Name.StartsWith(kind, StringComparison.Ordinal)) ?? "";
            var name = By.Name[kind.Length..];
            return kind == "user " && name.IndexOf(" (sudo by ", StringComparison.Ordinal) is > 0 and var end ? name[..end] : name;
        }
    }

    private static List<string> Names(string byJson)
    {
        using var document = JsonDocument.Parse(byJson);
        return [.. document.RootElement.EnumerateArray().Select(name => name.GetString() ?? "")];
    }
}
