using System.Net;
using System.Net.Sockets;

namespace Aios.Models.Configuration;

/// <summary>
/// Addresses that do not leave the user's own network: loopback, link-local, and the private ones of RFC 1918 and RFC 4193.
/// </summary>
internal static class LocalAddresses
{
    /// <summary>Whether a URL names such an address, or localhost.</summary>
    public static bool IsLocal(Uri url) =>
        url.IsLoopback
        || url.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (TryParse(url, out var address) && IsLocal(address));

    /// <summary>Whether it is one.</summary>
    public static bool IsLocal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address))
            return true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal;
        var bytes = address.GetAddressBytes();
        return bytes[0] switch
        {
            10 => true,
            172 => bytes[1] is >= 16 and <= 31,
            192 => bytes[1] == 168,
            169 => bytes[1] == 254,
            _ => false,
        };
    }

    private static bool TryParse(Uri url, out IPAddress address) => IPAddress.TryParse(url.DnsSafeHost, out address!);
}
