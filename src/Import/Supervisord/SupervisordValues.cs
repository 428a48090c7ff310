namespace Aios.Import;

/// <summary>What <c>%(name)s</c> stands for in the settings of a program.</summary>
internal sealed class SupervisordValues
{
    private const string EnvironmentPrefix = "ENV_";
    private readonly Dictionary<string, object> _known;

    private SupervisordValues(Dictionary<string, object> known) => _known = known;

    /// <summary>What holds for all sections.</summary>
    /// <param name="folder">The folder of the configuration.</param>
    public static SupervisordValues Of(string folder) =>
        new(new(StringComparer.Ordinal) { ["here"] = folder, ["host_node_name"] = System.Net.Dns.GetHostName() });

    /// <summary>The same with more values.</summary>
    public SupervisordValues With(params (string Name, object Value)[] more)
    {
        var known = new Dictionary<string, object>(_known, StringComparer.Ordinal);
        foreach (var (name, value) in more)
            known[name] = value;
        return new SupervisordValues(known);
    }

    /// <summary>The same with variables that supervisord sets itself.</summary>
    public SupervisordValues WithEnvironment(IEnumerable<KeyValuePair<string, string>> environment) =>
        With([.. environment.Select(pair => ($"{EnvironmentPrefix}{pair.Key}", (object)pair.Value))]);

    /// <summary>The text with all values in it. What supervisord took from its own environment is a <see cref="ShellVariable"/>.</summary>
    /// <exception cref="FormatException">supervisord refuses it.</exception>
    public string Expand(string text) =>
        PythonFormat.Expand(text, name => _known.GetValueOrDefault(name) ?? Variable(name, ShellVariable.Mark));

    /// <summary>The text with all values in it, those of variables as they are now.</summary>
    /// <param name="text">What is expanded.</param>
    /// <param name="taken">Gets the names of the variables that were read.</param>
    /// <exception cref="FormatException">supervisord refuses it, or a variable is not set here.</exception>
    public string ExpandNow(string text, ICollection<string> taken) =>
        PythonFormat.Expand(text, name =>
            _known.TryGetValue(name, out var value) ? Now(value, taken) : Variable(name, variable => Read(variable, taken))
        );

    private static object Now(object value, ICollection<string> taken) =>
        value is string text
            ? ShellVariable
                .In(text)
                .Aggregate(text, (whole, name) => whole.Replace(ShellVariable.Mark(name)!, Read(name, taken), StringComparison.Ordinal))
            : value;

    private static string? Variable(string name, Func<string, string?> find) =>
        name.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) ? find(name[EnvironmentPrefix.Length..]) : null;

    private static string Read(string variable, ICollection<string> taken)
    {
        var value = Environment.GetEnvironmentVariable(variable)
            ?? throw new FormatException($"the variable {variable} of supervisord's environment is not set here");
        taken.Add(variable);
        return value;
    }
}
