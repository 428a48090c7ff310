namespace Aios.Models.Wire;

/// <summary>What an answer says beside its content.</summary>
/// <param name="Call">The number of the call.</param>
/// <param name="Model">The model that answers, as models.yaml names it.</param>
/// <param name="Created">When, UTC.</param>
internal sealed record AnswerHead(long Call, string Model, DateTimeOffset Created);
