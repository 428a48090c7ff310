namespace Aios.Store.Events;

/// <summary>What happened, for those who watch.</summary>
internal interface IEvents
{
    /// <summary>Writes down what the database cannot notice by itself.</summary>
    void Add(string kind, string device);
}
