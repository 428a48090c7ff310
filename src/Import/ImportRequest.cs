using Aios.Store;

namespace Aios.Import;

/// <summary>What is to be taken over.</summary>
/// <param name="Path">The file or folder that was named; null for where the other system keeps it.</param>
/// <param name="Database">The home's database.</param>
internal sealed record ImportRequest(string? Path, IDatabase Database);
