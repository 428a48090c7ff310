namespace Aios.Running;

/// <summary>Resolves symbolic links in every part of a path.</summary>
internal static class RealPath
{
    private const int MaxLinks = 40;

    /// <exception cref="RunStartException">Links form a circle.</exception>
    public static string Of(string path)
    {
        var links = 0;
        var full = Path.GetFullPath(path);
        var root = Path.GetPathRoot(full)!;
        var pending = new Stack<string>(Parts(full[root.Length..]));
        var resolved = root;
        while (pending.TryPop(out var part))
        {
            var next = Path.Combine(resolved, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new RunStartException($"{path} is a circle of symbolic links; remove one of them");
            }

            var followed = Path.GetFullPath(target, resolved);
            resolved = Path.GetPathRoot(followed)!;
            foreach (var piece in Parts(followed[resolved.Length..]))
            {
                pending.Push(piece);
            }
        }

        return resolved;
    }

    private static IEnumerable<string> Parts(string path) =>
        Enumerable.Reverse(path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries));
}
