namespace Aios;

/// <summary>
/// What all of AIOS uses in place of the methods of these names in <see cref="Enumerable"/>: the compiler takes those of
/// the nearer namespace, so this one is not Aios.Platform. Enumerable's Select is generic and virtual at once, and so has
/// to be compiled ahead of time for each pair of value types that any two places ask for: a third of the executable.
/// </summary>
internal static class Sequences
{
    /// <summary>Each element in its new form, made as it is asked for.</summary>
    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> form)
    {
        foreach (var element in source)
            yield return form(element);
    }

    /// <summary>The elements that are wanted, looked for as they are asked for.</summary>
    public static IEnumerable<T> Where<T>(this IEnumerable<T> source, Func<T, bool> isWanted)
    {
        foreach (var element in source)
        {
            if (isWanted(element))
                yield return element;
        }
    }
}
