using System.Text;

namespace Aios.Running;

/// <summary>Refuses what no system call could pass on, with a clearer word than its error number.</summary>
internal static class SpecLimits
{
    // Linux: MAX_ARG_STRLEN, 32 pages, with the end; the total is at most three quarters of 8 MiB whatever the limits are.
    private const int MaxString = (128 * 1024) - 1;
    private const long MaxTotal = 6 * 1024 * 1024;

    /// <exception cref="RunStartException">A string is too long, all together are, or one holds a NUL.</exception>
    public static void Check(ProcessSpec spec)
    {
        long total = 0;
        for (var i = 0; i < spec.Argv.Count; i++)
        {
            total += spec.Argv[i].Length;
            if (!IsPlain(spec.Argv[i]))
            {
                CheckString($"argument {i}", spec.Argv[i], 0);
            }
        }

        foreach (var (name, value) in spec.Environment)
        {
            total += name.Length + value.Length;
            if (name.Length == 0 || name.Contains('='))
            {
                throw new RunStartException($"'{name}' cannot be the name of an environment variable; use letters, digits and _");
            }

            if (!IsPlain(value) || !IsPlain(name))
            {
                CheckString($"environment variable '{name.Replace("\0", "\\0")}'", name + "=" + value, name.Length + 1);
            }
        }

        if (total > MaxTotal)
        {
            throw new RunStartException(
                $"arguments and environment are {total} characters together; the system takes at most {MaxTotal} bytes. Pass large data "
                    + $"in kwargs (AIOS_KWARGS_FILE) or in a file"
            );
        }
    }

    private static bool IsPlain(string text) => text.Length < MaxString / 8 && !text.Contains('\0');

    private static void CheckString(string what, string text, int valueStart)
    {
        if (text.IndexOf('\0') is var at and >= 0)
        {
            throw new RunStartException(
                $"{what} holds a NUL character (at {Math.Max(0, at - valueStart)}), which no program can be given; remove it, or pass the "
                    + $"data in kwargs (AIOS_KWARGS_FILE)"
            );
        }

        if (OperatingSystem.IsLinux() && Encoding.UTF8.GetByteCount(text) is var bytes and > MaxString)
        {
            throw new RunStartException(
                $"{what} is {bytes} bytes long; the system takes at most {MaxString} bytes in one. Pass large data in kwargs "
                    + $"(AIOS_KWARGS_FILE) or in a file"
            );
        }
    }
}
