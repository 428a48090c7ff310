using System.Security.Cryptography;

namespace Aios.Platform;

/// <summary>Random bytes from the system that nobody can guess. On Linux without OpenSSL, which the runtime's own needs.</summary>
internal static class SecureRandom
{
    /// <summary>So many bytes.</summary>
    /// <exception cref="IOException">The system gives none.</exception>
    public static byte[] Bytes(int count)
    {
        if (!OperatingSystem.IsLinux())
            return RandomNumberGenerator.GetBytes(count);
        var bytes = new byte[count];
        using var source = new FileStream("/dev/urandom", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        source.ReadExactly(bytes);
        return bytes;
    }
}
