using Dapper;

namespace Aios.Store.Sqlite.Driver;

/// <summary>Values for a statement that calls them by name (<c>@job</c>). What it does not call is left out.</summary>
internal sealed class NamedValues
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    /// <summary>Gives them to a command of Dapper.</summary>
    public static CommandFactory<NamedValues> Binder { get; } = new NamedValuesBinder();

    /// <summary>For a statement without values.</summary>
    public static NamedValues None { get; } = new();

    /// <summary>Sets a value, or another in its place.</summary>
    /// <param name="name">Without the sign.</param>
    /// <param name="value">A number, a text, a truth value, bytes or null.</param>
    public NamedValues Add(string name, object? value)
    {
        _values['@' + name] = value;
        return this;
    }

    private sealed class NamedValuesBinder : CommandFactory<NamedValues>
    {
        public override void AddParameters(in UnifiedCommand command, NamedValues values)
        {
            foreach (var (name, value) in values._values)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, AsValue(value));
                command.Parameters.Add(parameter);
            }
        }
    }
}
