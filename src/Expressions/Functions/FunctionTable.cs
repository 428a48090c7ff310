using System.Collections.Frozen;

namespace Aios.Expressions.Functions;

/// <summary>All functions and methods.</summary>
internal static class FunctionTable
{
    private static readonly FrozenDictionary<string, Function> Functions = Of(isMethod: false);
    private static readonly FrozenDictionary<string, Function> Methods = Of(isMethod: true);

    public static Function? Find(string name, bool isMethod) => (isMethod ? Methods : Functions).GetValueOrDefault(name);

    public static IEnumerable<string> Names(bool isMethod) => (isMethod ? Methods : Functions).Keys;

    private static FrozenDictionary<string, Function> Of(bool isMethod) =>
        Conversions
            .All.Concat(TextFunctions.All)
            .Concat(Patterns.All)
            .Concat(TimeFunctions.All)
            .Where(function => function.IsMethod == isMethod)
            .ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);
}
