namespace Aios.Api.Serving;

/// <summary>A connection that is open, for <see cref="ConnectionBudget"/>, which alone changes it.</summary>
/// <param name="owner">Whose it is: a user of this machine, or an address.</param>
/// <param name="drop">Closes it.</param>
internal sealed class OpenConnection(string owner, Action drop)
{
    /// <summary>Whose it is.</summary>
    public string Owner => owner;

    /// <summary>Its place among those that wait; null while a request is done, and after its end.</summary>
    public LinkedListNode<OpenConnection>? Waiting { get; set; }

    /// <summary>Whether a whole request has come over it.</summary>
    public bool HasAsked { get; set; }

    /// <summary>Whether a request is being answered just now.</summary>
    public bool IsAnswering { get; set; }

    /// <summary>Whether it counts.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Closes it.</summary>
    public void Drop() => drop();
}
