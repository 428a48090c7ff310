using System.Text.Json;

namespace Aios.Models.Wire.OpenAi;

/// <summary>Errors as OpenAI has them.</summary>
internal static class OpenAiErrors
{
    /// <summary>Writes one.</summary>
    public static void Write(Utf8JsonWriter json, GatewayError error)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", error.Message);
        json.WriteString("type", TypeOf(error.Status));
        json.WriteString("param", error.Field);
        json.WriteString("code", error.Code);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string TypeOf(int status) =>
        status switch
        {
            401 => "authentication_error",
            403 => "permission_error",
            404 => "not_found_error",
            429 => "rate_limit_error",
            >= 500 => "server_error",
            _ => "invalid_request_error",
        };
}
