namespace Aios.Store.Api;

/// <summary>Who may use the API.</summary>
internal interface IApiKeys
{
    /// <summary>Adds a key; false if there is one of that name.</summary>
    bool Add(ApiKeyRecord key);

    /// <summary>Takes a key away; false if there is none of that name.</summary>
    bool Remove(string name);

    /// <summary>All of them, by name.</summary>
    IReadOnlyList<ApiKeyRecord> All();
}
