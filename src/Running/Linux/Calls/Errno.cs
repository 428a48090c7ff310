using System.Runtime.InteropServices;

namespace Aios.Running.Linux;

/// <summary>Error numbers that are told apart, and the text of all.</summary>
internal static class Errno
{
    public const int ENOENT = 2;
    public const int ENOTDIR = 20;
    public const int ESRCH = 3;
    public const int EINTR = 4;
    public const int E2BIG = 7;
    public const int ENOEXEC = 8;
    public const int EAGAIN = 11;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int ENFILE = 23;
    public const int EMFILE = 24;
    public const int ETXTBSY = 26;
    public const int ELOOP = 40;
    public const int ECONNRESET = 104;

    /// <summary>Of the last call on this thread.</summary>
    public static int Last => Marshal.GetLastPInvokeError();

    public static string Text(int error) => $"{Marshal.GetPInvokeErrorMessage(error)} (error {error})";
}
