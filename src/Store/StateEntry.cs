namespace Aios.Store;

/// <summary>A value that programs remember.</summary>
/// <param name="Key">Its name.</param>
/// <param name="ValueJson">JSON, as it was set.</param>
/// <param name="Updated">When it was set, UTC.</param>
internal sealed record StateEntry(string Key, string ValueJson, DateTimeOffset Updated);
