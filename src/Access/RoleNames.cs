using System.Collections.Immutable;

namespace Aios.Access;

/// <summary>The words for roles that a key can have.</summary>
internal static class RoleNames
{
    /// <summary>From the least to the most.</summary>
    public static readonly ImmutableArray<string> All = ["viewer", "approver", "operator", "admin"];

    /// <summary>"viewer", "approver", "operator", "admin"; "anyone" for no role at all.</summary>
    public static string Name(this Role role) => role == Role.Anyone ? "anyone" : All[(int)role - 1];

    /// <summary>The names of a role and of those below it, which it includes.</summary>
    public static ImmutableArray<string> UpTo(Role role) => All[..(int)role];

    /// <summary>The role of that name, or null.</summary>
    public static Role? Parse(string name)
    {
        var place = All.IndexOf(name.Trim().ToLowerInvariant());
        return place < 0 ? null : (Role)(place + 1);
    }
}
