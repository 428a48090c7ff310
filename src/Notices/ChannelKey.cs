using System.Text;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Notices;

/// <summary>What a channel is called in the database: its way, and enough of a hash to tell it from others.</summary>
internal static class ChannelKey
{
    private const int Bytes = 4;

    /// <summary>"webhook 3f2a9c01".</summary>
    public static string Of(NoticeChannel channel)
    {
        var whole = Encoding.UTF8.GetBytes($"{channel.Target}\0{string.Join('\0', channel.Command)}");
        return $"{channel.Word} {Convert.ToHexStringLower(Sha256.Of(whole).AsSpan(0, Bytes))}";
    }
}
