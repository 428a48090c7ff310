namespace Aios.Store;

/// <summary>What keeps the database from taking writes just now.</summary>
/// <param name="What">In words, with what to do.</param>
/// <param name="Since">Since when, UTC.</param>
internal sealed record StoreTrouble(string What, DateTimeOffset Since)
{
    /// <summary>It is damaged: that does not pass by itself, although some of it may still be read and written.</summary>
    public bool IsDamage { get; init; }

    /// <summary>All of it in words.</summary>
    public string Words => IsDamage ? What : $"The database takes no writes: {What}";
}
