using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Aios.Platform.Linux;

/// <summary>How large a terminal is, asked of the system: the runtime's console would begin to handle signals and keys.</summary>
[SupportedOSPlatform("linux")]
internal static partial class TerminalSize
{
    /// <summary>The descriptor of standard output.</summary>
    public const int StandardOutput = 1;

    /// <summary>The descriptor of standard error.</summary>
    public const int StandardError = 2;

    // TIOCGWINSZ on the architectures that Linux runs .NET on.
    private const nuint GetWindowSize = 0x5413;

    /// <summary>Columns and rows; null where it is no terminal or does not know.</summary>
    public static unsafe (int Columns, int Rows)? Ask(int descriptor = StandardOutput)
    {
        WindowSize size;
        return Control(descriptor, GetWindowSize, &size) == 0 && size.Columns > 0 && size.Rows > 0 ? (size.Columns, size.Rows) : null;
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static unsafe partial int Control(int descriptor, nuint request, WindowSize* size);

    // struct winsize
    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort PixelsAcross;
        public ushort PixelsDown;
    }
}
