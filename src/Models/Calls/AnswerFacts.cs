using Aios.Models.Wire;
using Aios.Telemetry;

namespace Aios.Models.Calls;

/// <summary>What traces have of an attempt that the ledger does not keep.</summary>
/// <param name="Model">The model that answered, as the provider says; null if it does not.</param>
/// <param name="Finish">Why the answer ended; null if its end has not come.</param>
/// <param name="Parent">What the caller was doing; null if they did not say.</param>
internal sealed record AnswerFacts(string? Model, ChatFinish? Finish, TraceParent? Parent);
