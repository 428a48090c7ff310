using System.Text.Json;

namespace Aios.Doctor;

/// <summary>What checks found, in JSON.</summary>
internal static class FindingsForm
{
    public static int Problems(IReadOnlyList<(string Name, Finding Finding)> findings) =>
        findings.Count(found => found.Finding.State == FindingState.Problem);

    public static int Notes(IReadOnlyList<(string Name, Finding Finding)> findings) =>
        findings.Count(found => found.Finding.State == FindingState.Note);

    /// <summary>An object with the counts and each check.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<(string Name, Finding Finding)> findings)
    {
        json.WriteStartObject();
        json.WriteNumber("problems", Problems(findings));
        json.WriteNumber("notes", Notes(findings));
        json.WriteStartArray("checks");
        foreach (var (name, finding) in findings)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("state", finding.Word);
            json.WriteString("figure", finding.Figure);
            if (finding.Advice is null)
                json.WriteNull("advice");
            else
                json.WriteString("advice", finding.Advice);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
