using System.Collections.Frozen;

namespace Aios.Running;

/// <summary>Which program reads a script, by the script's extension.</summary>
internal static class Interpreters
{
    private static readonly FrozenDictionary<string, string[]> ByExtension = new Dictionary<string, string[]>
    {
        [".sh"] = ["/bin/sh"],
        [".bash"] = ["bash"],
        [".zsh"] = ["zsh"],
        [".fish"] = ["fish"],
        [".js"] = ["node"],
        [".mjs"] = ["node"],
        [".cjs"] = ["node"],
        [".ts"] = ["node"],
        [".rb"] = ["ruby"],
        [".pl"] = ["perl"],
        [".php"] = ["php"],
        [".lua"] = ["lua"],
        [".r"] = ["Rscript"],
        [".jl"] = ["julia"],
        [".tcl"] = ["tclsh"],
        [".awk"] = ["awk", "-f"],
        [".jar"] = ["java", "-jar"],
        [".ps1"] = ["pwsh", "-NoProfile", "-File"],
        [".bat"] = ["cmd.exe", "/c"],
        [".cmd"] = ["cmd.exe", "/c"],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The interpreter and its own arguments, or null for an extension that none is known for.</summary>
    public static IReadOnlyList<string>? For(string path, string python)
    {
        var extension = Path.GetExtension(path);
        return extension.Equals(".py", StringComparison.OrdinalIgnoreCase) ? [python] : ByExtension.GetValueOrDefault(extension);
    }
}
