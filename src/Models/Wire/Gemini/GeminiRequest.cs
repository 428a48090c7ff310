using System.Text.Json;

namespace Aios.Models.Wire.Gemini;

/// <summary>Writes a request for generateContent.</summary>
internal static class GeminiRequest
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, ChatRequest request)
    {
        json.WriteStartObject();
        WriteSystem(json, request);
        WriteContents(json, request);
        WriteTools(json, request);
        WriteConfig(json, request);
        json.WriteEndObject();
    }

    private static void WriteSystem(Utf8JsonWriter json, ChatRequest request)
    {
        var system = string.Join(
            "\n\n",
            request.Messages.Where(message => message.Role == ChatRole.System).Select(message => message.Text)
        );
        if (system.Length == 0)
            return;
        json.WriteStartObject("systemInstruction");
        json.WriteStartArray("parts");
        WriteText(json, system);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteContents(Utf8JsonWriter json, ChatRequest request)
    {
        var tools = request
            .Messages.SelectMany(message => message.Parts.OfType<ToolCallPart>())
            .GroupBy(call => call.Id)
            .ToDictionary(calls => calls.Key, calls => calls.First().Name);
        json.WriteStartArray("contents");
        foreach (var (role, parts) in ChatTurns.Of(request))
        {
            json.WriteStartObject();
            json.WriteString("role", role == ChatRole.User ? "user" : "model");
            json.WriteStartArray("parts");
            foreach (var part in parts)
                WritePart(json, part, tools);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter json, ChatPart part, Dictionary<string, string> tools)
    {
        switch (part)
        {
            case TextPart text:
                WriteText(json, text.Text);
                break;
            case ImagePart image:
                WriteImage(json, image);
                break;
            case ToolCallPart call:
                json.WriteStartObject();
                json.WriteStartObject("functionCall");
                json.WriteString("name", call.Name);
                json.WritePropertyName("args");
                json.WriteRawObject(call.ArgumentsJson);
                json.WriteEndObject();
                if (GeminiCallId.SignatureOf(call.Id) is { } signature)
                    json.WriteString("thoughtSignature", signature);
                json.WriteEndObject();
                break;
            case ToolResultPart result:
                json.WriteStartObject();
                json.WriteStartObject("functionResponse");
                json.WriteString("name", tools.GetValueOrDefault(result.CallId, result.CallId));
                json.WriteStartObject("response");
                json.WriteString(result.IsError ? "error" : "result", result.Text);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, ImagePart image)
    {
        json.WriteStartObject();
        json.WriteStartObject(image.Url is null ? "inlineData" : "fileData");
        if (image.Url is { } url)
        {
            json.WriteString("mimeType", TypeOf(url));
            json.WriteString("fileUri", url);
        }
        else
        {
            json.WriteString("mimeType", image.MediaType);
            json.WriteString("data", image.Base64);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTools(Utf8JsonWriter json, ChatRequest request)
    {
        if (request.Tools.IsEmpty)
            return;
        json.WriteStartArray("tools");
        json.WriteStartObject();
        json.WriteStartArray("functionDeclarations");
        foreach (var tool in request.Tools)
        {
            json.WriteStartObject();
            json.WriteString("name", tool.Name);
            if (tool.Description is not null)
                json.WriteString("description", tool.Description);
            if (tool.Parameters is { } parameters)
            {
                json.WritePropertyName("parametersJsonSchema");
                parameters.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        WriteChoice(json, request);
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatRequest request)
    {
        if (request.ToolChoice == ToolChoice.Auto)
            return;
        json.WriteStartObject("toolConfig");
        json.WriteStartObject("functionCallingConfig");
        json.WriteString("mode", request.ToolChoice == ToolChoice.None ? "NONE" : "ANY");
        if (request.ToolChoice == ToolChoice.Named)
        {
            json.WriteStartArray("allowedFunctionNames");
            json.WriteStringValue(request.ToolName);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteConfig(Utf8JsonWriter json, ChatRequest request)
    {
        json.WriteStartObject("generationConfig");
        if (request.Temperature is { } temperature)
            json.WriteNumber("temperature", temperature);
        if (request.TopP is { } topP)
            json.WriteNumber("topP", topP);
        if (request.MaxTokens is { } most)
            json.WriteNumber("maxOutputTokens", most);
        if (request.Seed is { } seed)
            json.WriteNumber("seed", seed);
        if (!request.Stop.IsEmpty)
            json.WriteTexts("stopSequences", request.Stop);
        if (request.Form != AnswerForm.Text)
            json.WriteString("responseMimeType", "application/json");
        if (request.Schema is { } schema)
        {
            json.WritePropertyName("responseJsonSchema");
            schema.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static string TypeOf(string url) =>
        Path.GetExtension(new Uri(url, UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } uri ? uri.AbsolutePath : url)
            .ToLowerInvariant() switch
        {
            ".png" => "image/png",
            ".gif" => "image/gif",
            ".webp" => "image/webp",
            ".pdf" => "application/pdf",
            _ => "image/jpeg",
        };
}
