namespace Aios.Store;

/// <summary>What programs remember from run to run: texts to JSON, for each job.</summary>
internal interface IState
{
    /// <summary>The job name under which all jobs share values; no job is called so.</summary>
    const string Shared = "";

    /// <summary>How many bytes a key may have, UTF-8.</summary>
    const int LongestKey = 1024;

    /// <summary>A value, JSON; null if there is none.</summary>
    string? Find(string jobName, string key);

    /// <summary>Sets a value, JSON.</summary>
    void Set(string jobName, string key, string json, DateTimeOffset now);

    /// <summary>Takes a value out; false if there is none.</summary>
    bool Delete(string jobName, string key);
}
