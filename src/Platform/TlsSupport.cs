using System.Runtime.InteropServices;

namespace Aios.Platform;

/// <summary>Whether TLS can be spoken here. The runtime ends the process where its library is missing, so it is asked before.</summary>
internal static class TlsSupport
{
    private static readonly Lazy<bool> Found = new(Look);

    /// <summary>Whether it can.</summary>
    public static bool IsAvailable => Found.Value;

    /// <summary>What to do if it cannot.</summary>
    public const string Advice = "TLS needs the system's OpenSSL, which is missing; install libssl3";

    private static bool Look()
    {
        if (!OperatingSystem.IsLinux())
            return true;
        foreach (var name in (string[])["libssl.so.3", "libssl.so.1.1", "libssl.so"])
        {
            if (NativeLibrary.TryLoad(name, out _))
                return true;
        }

        return false;
    }
}
