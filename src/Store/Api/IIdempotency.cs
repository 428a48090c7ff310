namespace Aios.Store.Api;

/// <summary>What requests of the API with a key of their own have made, so that one that comes again makes nothing twice.</summary>
internal interface IIdempotency
{
    /// <summary>What a request has made; null if it comes for the first time.</summary>
    (string Request, string Made)? Find(string owner, string key, DateTimeOffset now);

    /// <summary>Remembers it for a day.</summary>
    /// <param name="owner">Whose key it is.</param>
    /// <param name="key">Chosen by the client.</param>
    /// <param name="request">A hash of what was asked for.</param>
    /// <param name="made">The numbers of the rows it has made.</param>
    /// <param name="now">UTC.</param>
    void Put(string owner, string key, string request, string made, DateTimeOffset now);
}
