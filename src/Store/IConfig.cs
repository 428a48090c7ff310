namespace Aios.Store;

/// <summary>Values that belong to the database as a whole.</summary>
internal interface IConfig
{
    /// <summary>Sets a value.</summary>
    void Put(string key, string value, DateTimeOffset now);

    /// <summary>A value; null if there is none.</summary>
    string? Find(string key);

    /// <summary>Takes a value away; false if there was none.</summary>
    bool Remove(string key);

    /// <summary>The newest instant at which a daemon worked on this database, UTC; null if none has.</summary>
    DateTimeOffset? NewestInstant();

    /// <summary>Notes that a daemon works on this database; a clock that is behind changes nothing.</summary>
    void NoteInstant(DateTimeOffset now);

    /// <summary>What tells this database from every other one, for ever: 32 hexadecimal digits.</summary>
    string DatabaseId();
}
