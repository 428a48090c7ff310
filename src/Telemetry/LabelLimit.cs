namespace Aios.Telemetry;

/// <summary>Keeps the number of series bounded: the first names have their own, all later ones share <see cref="Other"/>.</summary>
/// <param name="most">How many names have their own.</param>
internal sealed class LabelLimit(int most)
{
    /// <summary>Stands for all names that came too late.</summary>
    public const string Other = "other";

    private readonly Lock _gate = new();
    private readonly HashSet<string> _known = [];

    /// <summary>The names that have their own.</summary>
    public IReadOnlyList<string> Known
    {
        get
        {
            lock (_gate)
                return [.. _known];
        }
    }

    /// <summary>The label of a name.</summary>
    public string Of(string name)
    {
        lock (_gate)
        {
            if (_known.Contains(name))
                return name;
            if (_known.Count >= most)
                return Other;
            _known.Add(name);
            return name;
        }
    }
}
