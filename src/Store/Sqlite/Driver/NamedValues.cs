namespace Aios.Store.Sqlite.Driver;

/// <summary>Values for a statement that calls them by name (<c>@job</c>). What it does not call is left out.</summary>
internal sealed class NamedValues
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    /// <summary>Sets a value, or another in its place.</summary>
    /// <param name="name">Without the sign.</param>
    /// <param name="value">A number, a text, a truth value, bytes or null.</param>
    public NamedValues Add(string name, object? value)
    {
        _values['@' + name] = value;
        return this;
    }

    /// <summary>Gives them to a statement.</summary>
    public void BindTo(SqliteStatement statement)
    {
        foreach (var (name, value) in _values)
            statement.Bind(name, value);
    }
}
