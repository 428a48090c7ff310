namespace Aios.Running;

using Pair = KeyValuePair<string, string>;

/// <summary>What tells the vendors' own libraries to call language models by way of AIOS.</summary>
internal static class ModelVariables
{
    private const string OpenAiUrl = "OPENAI_BASE_URL";
    private const string OpenAiKey = "OPENAI_API_KEY";
    private const string AnthropicUrl = "ANTHROPIC_BASE_URL";
    private const string AnthropicKey = "ANTHROPIC_API_KEY";

    /// <summary>The names.</summary>
    public static readonly string[] Names = [OpenAiUrl, OpenAiKey, AnthropicUrl, AnthropicKey];

    /// <summary>The variables of a run; none if its job calls no models.</summary>
    /// <exception cref="RunStartException">It does, and nobody would answer.</exception>
    public static IEnumerable<Pair> Of(RunRequest request, RunningSettings settings)
    {
        if (!request.Job.Models.IsAllowed)
            return [];
        if (settings.Models(request.RunId) is not var (url, key))
        {
            throw new RunStartException(
                "the job has `models`, and calls to language models are served with the API, which this daemon does not serve. Give it an "
                    + "address with --listen."
            );
        }

        return [new(OpenAiUrl, $"{url}/v1"), new(OpenAiKey, key), new(AnthropicUrl, url), new(AnthropicKey, key)];
    }
}
