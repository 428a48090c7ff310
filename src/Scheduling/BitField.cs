using System.Numerics;

namespace Aios.Scheduling;

/// <summary>Sets of small numbers (0 to 63), one bit each.</summary>
internal static class BitField
{
    /// <summary>There is no such member.</summary>
    public const int None = -1;

    /// <summary>The set of the numbers from <paramref name="first"/> to <paramref name="last"/>; empty if reversed.</summary>
    public static ulong Range(int first, int last) =>
        last < first ? 0 : (ulong.MaxValue << first) & (ulong.MaxValue >> (63 - last));

    /// <summary>The member nearest to <paramref name="from"/>, at it or beyond it, or <see cref="None"/>.</summary>
    public static int Nearest(ulong bits, int from, Direction direction)
    {
        if (from is < 0 or > 63)
        {
            return None;
        }

        if (direction == Direction.Forward)
        {
            var above = bits & (ulong.MaxValue << from);
            return above == 0 ? None : BitOperations.TrailingZeroCount(above);
        }

        // For an empty set the count is 64, and the answer -1 is None.
        return 63 - BitOperations.LeadingZeroCount(bits & (ulong.MaxValue >> (63 - from)));
    }

    /// <summary>The member that a search in this direction meets first. The set must not be empty.</summary>
    public static int First(ulong bits, Direction direction) =>
        direction == Direction.Forward
            ? BitOperations.TrailingZeroCount(bits)
            : 63 - BitOperations.LeadingZeroCount(bits);
}
