namespace Aios.Store.Audit;

/// <summary>Who does something.</summary>
/// <param name="Name">"user ada", "key deploy", "device laptop".</param>
/// <param name="Origin">From where: "cli on laptop", "api 10.0.0.7", "daemon".</param>
internal sealed record Actor(string Name, string Origin);
