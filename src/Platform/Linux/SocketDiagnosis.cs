using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Aios.Platform.Linux;

/// <summary>
/// Asks the kernel for one TCP socket by both its ends (sock_diag(7)), which takes as long however many there are. Where it
/// may not be asked, as in some sandboxes, there is no answer.
/// </summary>
internal static unsafe partial class SocketDiagnosis
{
    private const int AF_NETLINK = 16;
    private const int SOCK_RAW = 3;
    private const int SOCK_CLOEXEC = 0x80000;
    private const int NETLINK_SOCK_DIAG = 4;
    private const short SOCK_DIAG_BY_FAMILY = 20;
    private const short NLM_F_REQUEST = 1;
    private const int MSG_DONTWAIT = 0x40;

    // struct nlmsghdr, then struct inet_diag_req_v2; the answer is a header, then struct inet_diag_msg.
    private const int Header = 16;
    private const int RequestLength = Header + 56;
    private const int PortsAt = Header + 8;
    private const int UserAt = Header + 64;

    /// <summary>The user of the socket whose own end is <paramref name="local"/>; null if it cannot be told.</summary>
    public static uint? UserOf(IPEndPoint local, IPEndPoint remote)
    {
        var descriptor = Socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
        if (descriptor < 0)
            return null;
        try
        {
            return Ask(descriptor, local, remote);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static uint? Ask(int descriptor, IPEndPoint local, IPEndPoint remote)
    {
        Span<byte> buffer = stackalloc byte[512];
        buffer[..RequestLength].Clear();
        Write(buffer[..RequestLength], local, remote);
        fixed (byte* start = buffer)
        {
            if (Send(descriptor, start, RequestLength, 0) != RequestLength)
                return null;
            // The kernel has answered before the call above returns.
            var length = (int)Receive(descriptor, start, (nuint)buffer.Length, MSG_DONTWAIT);
            var isAnswer = length >= UserAt + sizeof(uint) && BinaryPrimitives.ReadInt16LittleEndian(buffer[4..]) == SOCK_DIAG_BY_FAMILY;
            return isAnswer && HasEnds(buffer, local, remote) ? MemoryMarshal.Read<uint>(buffer[UserAt..]) : null;
        }
    }

    private static void Write(Span<byte> request, IPEndPoint local, IPEndPoint remote)
    {
        MemoryMarshal.Write(request, RequestLength);
        MemoryMarshal.Write(request[4..], SOCK_DIAG_BY_FAMILY);
        MemoryMarshal.Write(request[6..], NLM_F_REQUEST);
        var diagnosis = request[Header..];
        diagnosis[0] = (byte)(local.AddressFamily == AddressFamily.InterNetwork ? 2 : 10);
        diagnosis[1] = (byte)ProtocolType.Tcp;
        diagnosis.Slice(4, 4).Fill(0xFF);
        BinaryPrimitives.WriteUInt16BigEndian(request[PortsAt..], (ushort)local.Port);
        BinaryPrimitives.WriteUInt16BigEndian(request[(PortsAt + 2)..], (ushort)remote.Port);
        local.Address.GetAddressBytes().CopyTo(request[(PortsAt + 4)..]);
        remote.Address.GetAddressBytes().CopyTo(request[(PortsAt + 20)..]);
        // No cookie: any socket with these ends.
        request[^8..].Fill(0xFF);
    }

    // Where there is no such socket the kernel may answer with one that listens.
    private static bool HasEnds(ReadOnlySpan<byte> answer, IPEndPoint local, IPEndPoint remote) =>
        BinaryPrimitives.ReadUInt16BigEndian(answer[(Header + 4)..]) == local.Port
        && BinaryPrimitives.ReadUInt16BigEndian(answer[(Header + 6)..]) == remote.Port;

    [LibraryImport("libc", EntryPoint = "socket")]
    private static partial int Socket(int family, int kind, int protocol);

    [LibraryImport("libc", EntryPoint = "send")]
    private static partial nint Send(int descriptor, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv")]
    private static partial nint Receive(int descriptor, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
