using Aios.Models.Configuration;

namespace Aios.Models.Calls;

/// <summary>A model that may answer a call.</summary>
/// <param name="Model">The model.</param>
/// <param name="Provider">Who offers it.</param>
/// <param name="Meter">How it has done lately.</param>
internal sealed record Candidate(LanguageModel Model, ModelProvider Provider, ModelMeter Meter);

/// <summary>What spoke for or against a model, for whoever asks why.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Note">In words.</param>
internal sealed record CandidateNote(string Model, string Note);
