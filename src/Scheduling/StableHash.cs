using System.Text;

namespace Aios.Scheduling;

/// <summary>
/// A number for a text, the same everywhere and for ever, which no hash for tables promises to be: FNV-1a (RFC 9923),
/// whose bits the finalizer of SplitMix64 (Steele, Lea and Flood, 2014) then mixes.
/// </summary>
internal static class StableHash
{
    public static ulong Of(string text)
    {
        var hash = 0xcbf29ce484222325;
        foreach (var letter in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ letter) * 0x100000001b3;
        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
        return hash ^ (hash >> 31);
    }

    /// <summary>As a seed for a generator that takes one of 32 bits.</summary>
    public static int Seed(string text) => (int)(Of(text) >> 32);
}
