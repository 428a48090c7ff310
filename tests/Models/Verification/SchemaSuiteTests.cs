using System.Text;
using System.Text.Json;
using Aios.Models.Verification;

namespace Aios.Tests.Models.Verification;

/// <summary>
/// The cases of the official JSON-Schema-Test-Suite (draft 2020-12, commit 44401e0) that need no other document and no base URI.
/// Copyright (c) 2012 Julian Berman, MIT: json-schema-suite.LICENSE.
/// </summary>
public sealed class SchemaSuiteTests
{
    private static readonly Lazy<List<JsonElement>> Groups = new(() =>
    {
        using var stream = typeof(SchemaSuiteTests).Assembly.GetManifestResourceStream("json-schema-suite.jsonl")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    });

    public static TheoryData<string> Files => [.. Groups.Value.Select(group => group.GetProperty("file").GetString()!).Distinct()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Values_are_valid_as_the_suite_says(string file)
    {
        var wrong = new List<string>();
        foreach (var group in Groups.Value.Where(group => group.GetProperty("file").GetString() == file))
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var report = SchemaCheck.Check(group.GetProperty("schema"), test[1]);
                if (report.Score == 1 != test[2].GetBoolean())
                    wrong.Add($"{group.GetProperty("group")}: {test[0]}: {test[1]}: {string.Join(' ', report.Findings)}");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_schemas_of_the_suite_have_no_defects(string file)
    {
        // An empty enum is allowed and of no use.
        var groups = Groups.Value.Where(group =>
            group.GetProperty("file").GetString() == file && group.GetProperty("group").GetString() != "empty enum"
        );
        Assert.Empty(
            groups.SelectMany(group =>
                SchemaCheck.Defects(group.GetProperty("schema")).Select(defect => $"{group.GetProperty("group")}: {defect}")
            )
        );
    }
}
