using System.Collections.Immutable;
using System.Text.Json;

namespace Aios.Models.Verification;

/// <summary>
/// How far the answers of several models agree. JSON is compared by its structure; text by embeddings, since texts that differ in
/// every word may say the same.
/// </summary>
internal static class Agreement
{
    public const string Name = "agree";

    private const int MostContradictions = 100;

    /// <summary>Compares answers by what they are made of. Texts that are no JSON agree if they differ only in case and spaces.</summary>
    public static AgreementReport Of(IReadOnlyList<string> answers)
    {
        var parsed = answers.Select(Parse).ToList();
        var isJson = parsed.Count > 0 && parsed.TrueForAll(answer => answer is not null);
        var matrix = Matrix(answers.Count, (first, second) => isJson ? JsonSimilarity.Of(parsed[first]!.Value, parsed[second]!.Value)
            : JsonSimilarity.Normal(answers[first]) == JsonSimilarity.Normal(answers[second]) ? 1
            : 0);
        return Report(matrix, isJson, isJson ? Contradictions([.. parsed.Select(answer => answer!.Value)]) : []);
    }

    /// <summary>Compares answers by their embeddings: the cosine of the angle between each two, 0 where it is negative.</summary>
    /// <exception cref="ArgumentException">The vectors are not all of one length.</exception>
    public static AgreementReport OfVectors(IReadOnlyList<IReadOnlyList<float>> vectors)
    {
        if (vectors.Any(vector => vector.Count != vectors[0].Count))
            throw new ArgumentException(
                "The embeddings of the answers have different lengths. Take all of them from one model.",
                nameof(vectors)
            );
        return Report(Matrix(vectors.Count, (first, second) => Math.Max(0, Cosine(vectors[first], vectors[second]))), false, []);
    }

    private static JsonElement? Parse(string answer)
    {
        try
        {
            return JsonElement.Parse(MarkdownFence.Remove(answer));
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static double[][] Matrix(int count, Func<int, int, double> compare)
    {
        var matrix = Enumerable.Range(0, count).Select(_ => new double[count]).ToArray();
        for (var first = 0; first < count; first++)
        {
            matrix[first][first] = 1;
            for (var second = first + 1; second < count; second++)
                matrix[first][second] = matrix[second][first] = compare(first, second);
        }

        return matrix;
    }

    private static AgreementReport Report(double[][] matrix, bool isStructural, ImmutableArray<Contradiction> contradictions)
    {
        var count = matrix.Length;
        if (count < 2)
            return new AgreementReport(1, count - 1, isStructural, [.. Enumerable.Repeat(1.0, count)], contradictions);
        var support = matrix.Select(row => (row.Sum() - 1) / (count - 1)).ToImmutableArray();
        return new AgreementReport(support.Average(), support.IndexOf(support.Max()), isStructural, support, contradictions);
    }

    private static double Cosine(IReadOnlyList<float> left, IReadOnlyList<float> right)
    {
        double product = 0;
        double leftSquare = 0;
        double rightSquare = 0;
        for (var index = 0; index < left.Count; index++)
        {
            product += (double)left[index] * right[index];
            leftSquare += (double)left[index] * left[index];
            rightSquare += (double)right[index] * right[index];
        }

        return leftSquare == 0 || rightSquare == 0 ? 0 : Math.Min(1, product / Math.Sqrt(leftSquare * rightSquare));
    }

    // Where the answers have different values, in the order of the first answer that has the place.
    private static ImmutableArray<Contradiction> Contradictions(IReadOnlyList<JsonElement> answers)
    {
        var found = ImmutableArray.CreateBuilder<Contradiction>();
        Compare([.. answers.Select(answer => (JsonElement?)answer)], "", found);
        return found.ToImmutable();
    }

    private static void Compare(List<JsonElement?> values, string place, ImmutableArray<Contradiction>.Builder found)
    {
        var present = values.OfType<JsonElement>().ToList();
        if (found.Count >= MostContradictions)
            return;
        if (present.Count == values.Count && present.TrueForAll(value => value.ValueKind == JsonValueKind.Object))
        {
            foreach (
                var name in present
                    .SelectMany(value => value.EnumerateObject().Select(member => member.Name))
                    .Distinct(StringComparer.Ordinal)
            )
                Compare(
                    [.. present.Select(value => value.TryGetProperty(name, out var member) ? member : (JsonElement?)null)],
                    $"{place}/{Escaped(name)}",
                    found
                );
        }
        else if (present.Count < values.Count || present.Exists(value => JsonSimilarity.Of(present[0], value) < 1))
        {
            found.Add(new Contradiction(place.Length == 0 ? "/" : place, [.. values.Select(value => value?.GetRawText())]));
        }
    }

    private static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}

/// <summary>How far answers agree.</summary>
/// <param name="Score">The mean similarity of each two: 0 for nothing in common to 1 for the same. 1 for fewer than two answers.</param>
/// <param name="Best">The answer that agrees most with the others, the first of several; -1 if there is no answer.</param>
/// <param name="IsStructural">All are JSON and were compared by structure.</param>
/// <param name="Support">The mean similarity of each answer with the others.</param>
/// <param name="Contradictions">Where they differ.</param>
internal sealed record AgreementReport(
    double Score,
    int Best,
    bool IsStructural,
    ImmutableArray<double> Support,
    ImmutableArray<Contradiction> Contradictions
)
{
    /// <summary>This as one of the checks of an answer.</summary>
    public CheckReport ToCheck() =>
        new(
            Agreement.Name,
            Score,
            [
                .. Contradictions.Select(place => new Finding(
                    place.Place,
                    $"The answers differ: {string.Join(", ", place.Values.Select(value => value ?? "nothing"))}."
                )),
            ]
        );
}

/// <summary>A place where answers differ.</summary>
/// <param name="Place">A JSON pointer; "/" for all of it.</param>
/// <param name="Values">What each answer has there; null for nothing.</param>
internal sealed record Contradiction(string Place, ImmutableArray<string?> Values);
