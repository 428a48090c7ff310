using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Aios.Platform.Linux;

/// <summary>Whose a TCP socket of this machine is, as the kernel tells.</summary>
internal static class TcpOwners
{
    private const int LocalColumn = 1;
    private const int RemoteColumn = 2;
    private const int UserColumn = 7;

    /// <summary>
    /// The user of the other end of a connection within this machine; null where that cannot be told (it is on another
    /// machine, behind a proxy of another network namespace, or closed already).
    /// </summary>
    /// <param name="peer">The other end.</param>
    /// <param name="here">This end.</param>
    public static uint? UserOf(IPEndPoint peer, IPEndPoint here)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        return SocketDiagnosis.UserOf(Plain(peer), Plain(here)) ?? InTables(peer, here);
    }

    /// <summary>Whether a user is the one who runs this process, or root, who may do all that he may.</summary>
    public static bool IsOwnOrRoot(uint user) => user == 0 || user == LocalUser.Number;

    /// <summary>The same from the kernel's tables, which are the longer to read the more connections there are.</summary>
    internal static uint? InTables(IPEndPoint peer, IPEndPoint here) =>
        Find("/proc/net/tcp", Plain(peer), Plain(here)) ?? Find("/proc/net/tcp6", Mapped(peer), Mapped(here));

    private static uint? Find(string table, IPEndPoint peer, IPEndPoint here)
    {
        if (table.EndsWith('6') != (peer.AddressFamily == AddressFamily.InterNetworkV6) || peer.AddressFamily != here.AddressFamily)
            return null;
        // In the peer's own row the peer is the local end.
        var (local, remote) = (Form(peer), Form(here));
        try
        {
            foreach (var row in File.ReadLines(table))
            {
                if (!row.Contains(local, StringComparison.Ordinal))
                    continue;
                var columns = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (
                    columns.Length > UserColumn
                    && columns[LocalColumn] == local
                    && columns[RemoteColumn] == remote
                    && uint.TryParse(columns[UserColumn], NumberStyles.None, CultureInfo.InvariantCulture, out var user)
                )
                    return user;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No such table here.
        }

        return null;
    }

    private static IPEndPoint Plain(IPEndPoint end) =>
        end.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(end.Address.MapToIPv4(), end.Port) : end;

    private static IPEndPoint Mapped(IPEndPoint end) => new(end.Address.MapToIPv6(), end.Port);

    // Each four bytes of the address as a number of this machine, then the port.
    private static string Form(IPEndPoint end)
    {
        var bytes = end.Address.GetAddressBytes();
        var words = Enumerable
            .Range(0, bytes.Length / 4)
            .Select(word => BitConverter.ToUInt32(bytes, 4 * word).ToString("X8", CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"{string.Concat(words)}:{end.Port:X4}");
    }
}
