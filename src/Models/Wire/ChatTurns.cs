namespace Aios.Models.Wire;

/// <summary>What was said as most vendors want it: user and model take turns, the first is the user, and nobody says nothing.</summary>
internal static class ChatTurns
{
    /// <summary>The turns of a request, without the instructions of the system.</summary>
    public static List<(ChatRole Role, List<ChatPart> Parts)> Of(ChatRequest request)
    {
        var turns = Merged(request.Messages.Where(message => message.Role != ChatRole.System));
        if (turns.Count == 0 || turns[0].Role != ChatRole.User)
            turns.Insert(0, (ChatRole.User, [new TextPart("Begin.")]));
        return turns;
    }

    private static List<(ChatRole Role, List<ChatPart> Parts)> Merged(IEnumerable<ChatMessage> messages)
    {
        var turns = new List<(ChatRole Role, List<ChatPart> Parts)>();
        foreach (var message in messages)
        {
            // Its thoughts are signed, and without the signature they would be refused.
            var parts = message.Parts.Where(part => part is not (ThoughtPart or TextPart { Text.Length: 0 })).ToList();
            if (parts.Count == 0)
                continue;
            if (turns.Count > 0 && turns[^1].Role == message.Role)
                turns[^1].Parts.AddRange(parts);
            else
                turns.Add((message.Role, parts));
        }

        return turns;
    }
}
