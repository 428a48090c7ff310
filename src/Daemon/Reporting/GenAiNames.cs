using Aios.Models.Configuration;
using Aios.Models.Wire;
using Aios.Store.Models;

namespace Aios.Daemon.Reporting;

/// <summary>The words of OpenTelemetry's conventions for generative AI.</summary>
internal static class GenAiNames
{
    public const string Operation = "gen_ai.operation.name";
    public const string Provider = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string ResponseId = "gen_ai.response.id";
    public const string ResponseModel = "gen_ai.response.model";
    public const string FinishReasons = "gen_ai.response.finish_reasons";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string TokenType = "gen_ai.token.type";
    public const string ErrorType = "error.type";

    private const string Embeddings = "embeddings";

    /// <summary>What was asked for.</summary>
    public static string OperationOf(CallRecord call) => call.Kind == Embeddings ? Embeddings : "chat";

    /// <summary>Whose format was spoken; what models.yaml does not name any more has the name that it had there.</summary>
    public static string ProviderOf(CallRecord call, ModelSettings settings) =>
        settings.Providers.GetValueOrDefault(call.Provider ?? "")?.Kind switch
        {
            ProviderKind.OpenAi => "openai",
            ProviderKind.Azure => "azure.ai.openai",
            ProviderKind.Anthropic => "anthropic",
            ProviderKind.Gemini => "gcp.gemini",
            _ => call.Provider ?? "",
        };

    /// <summary>The model that the request named.</summary>
    public static string ModelOf(CallRecord call, ModelSettings settings) =>
        settings.Models.GetValueOrDefault(call.Model ?? "")?.Id ?? call.Model ?? call.Route;

    /// <summary>Why an answer ended.</summary>
    public static string FinishOf(ChatFinish finish) =>
        finish switch
        {
            ChatFinish.Length => "length",
            ChatFinish.ToolCalls => "tool_calls",
            ChatFinish.Filtered => "content_filter",
            _ => "stop",
        };

    /// <summary>Why there is no answer; null if there is one.</summary>
    public static string? ErrorOf(CallRecord call) => call.Outcome == CallOutcome.Ok ? null : call.Outcome.Name();

    /// <summary>Tokens of all classes of input.</summary>
    public static long InputOf(CallTokens tokens) => tokens.Input + tokens.CachedInput + tokens.CacheWrite;

    /// <summary>Tokens of all classes of output.</summary>
    public static long OutputOf(CallTokens tokens) => tokens.Output + tokens.Reasoning;
}
