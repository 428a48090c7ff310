namespace Aios.Control.Confirm;

/// <summary>The person behind the name of an actor.</summary>
internal static class Person
{
    private const string Sudo = " (sudo by ";

    /// <summary>Whether two names are of one person: whoever became root is still who they were.</summary>
    public static bool IsSame(string one, string other) => string.Equals(Of(one), Of(other), StringComparison.Ordinal);

    private static string Of(string name) =>
        name.IndexOf(Sudo, StringComparison.Ordinal) is > 0 and var start && name.EndsWith(')')
            ? $"user {name[(start + Sudo.Length)..^1]}"
            : name;
}
