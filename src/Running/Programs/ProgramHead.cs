using System.Text;

namespace Aios.Running;

/// <summary>What the first bytes of a program say about how to start it.</summary>
/// <param name="IsElf">A compiled program of Linux.</param>
/// <param name="Shebang">The interpreter and at most one argument of a <c>#!</c> line; empty without one.</param>
/// <param name="ShebangEndsWithCr">Saved with Windows line ends, which the kernel does not understand.</param>
internal sealed record ProgramHead(bool IsElf, IReadOnlyList<string> Shebang, bool ShebangEndsWithCr)
{
    private const int Length = 256;

    /// <exception cref="RunStartException">It cannot be read.</exception>
    public static ProgramHead Read(string path)
    {
        Span<byte> head = stackalloc byte[Length];
        try
        {
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return Parse(head[..RandomAccess.Read(file, head, 0)]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunStartException($"{path} cannot be read: {error.Message} Allow it with: chmod u+r '{path}'");
        }
    }

    public static ProgramHead Parse(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("#!"u8))
        {
            return new(head.StartsWith("\u007fELF"u8), [], false);
        }

        var end = head.IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(head[2..(end < 0 ? head.Length : end)]);
        var words = line.Trim().Split([' ', '\t'], 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new(false, words, line.EndsWith('\r'));
    }
}
