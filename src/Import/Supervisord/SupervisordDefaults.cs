namespace Aios.Import;

/// <summary>What the section [supervisord] says for all programs.</summary>
/// <param name="Folder">Where it runs, which is where programs without a folder of their own start.</param>
/// <param name="Environment">Variables for each of them.</param>
/// <param name="User">As whom it runs; null for whoever starts it.</param>
/// <param name="UserPlace">Where that stands.</param>
/// <param name="Umask">The mask of those that have none; null for that of AIOS.</param>
internal sealed record SupervisordDefaults(
    string Folder,
    IReadOnlyList<(string Name, string Value)> Environment,
    string? User,
    string UserPlace,
    string? Umask
);
