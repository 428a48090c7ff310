using System.Buffers.Text;
using System.Text;
using Aios.Platform;

namespace Aios.Access;

/// <summary>A key as its holder has it: 256 random bits, behind a beginning by which it is known when it has leaked.</summary>
internal static class KeyText
{
    /// <summary>What each key begins with.</summary>
    public const string Prefix = "aios_";

    private const int RandomBytes = 32;

    /// <summary>A new key.</summary>
    public static string Make() => Prefix + Base64Url.EncodeToString(SecureRandom.Bytes(RandomBytes));

    /// <summary>What is kept of a key. A fast hash will do: there is nothing to guess in 256 random bits.</summary>
    public static byte[] Hash(string key) => Sha256.Of(Encoding.UTF8.GetBytes(key));
}
