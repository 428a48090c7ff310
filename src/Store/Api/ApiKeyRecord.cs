namespace Aios.Store.Api;

/// <summary>A key of the API, of which only a hash is kept. Instants are UTC.</summary>
/// <param name="Name">Unique, for people.</param>
/// <param name="Role">One of the words for roles.</param>
/// <param name="Jobs">Patterns of job names, separated by commas; empty for all.</param>
/// <param name="Hash">Lower-case hexadecimal digits.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">From then on it opens nothing; null is never.</param>
internal sealed record ApiKeyRecord(string Name, string Role, string Jobs, string Hash, DateTimeOffset Created, DateTimeOffset? Expires);
