using System.Globalization;

namespace Aios.Jobs.Formats;

/// <summary>A number of bytes as people write it: "512M", "1.5G", "64 KiB"; a number alone is bytes. K is 1024.</summary>
internal static class ByteSize
{
    /// <summary>Matches what <see cref="TryParse"/> takes.</summary>
    public const string Pattern = "^ *[0-9]+(\\.[0-9]+)? *([KMGTkmgt][iI]?[bB]?|[bB])? *$";

    private static readonly (char Letter, long Bytes)[] Units = [('T', 1L << 40), ('G', 1L << 30), ('M', 1L << 20), ('K', 1L << 10)];

    /// <summary>Reads a size; a part of a byte is left out.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var written = text.AsSpan().Trim();
        var digits = written.TrimEnd("KMGTkmgtiIbB ");
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;
        if (UnitOf(written[digits.Length..].TrimStart()) is not { } unit || number > long.MaxValue / unit)
            return false;

        bytes = (long)(number * unit);
        return true;
    }

    /// <summary>The shortest text that <see cref="TryParse"/> reads as the same.</summary>
    public static string Text(long bytes)
    {
        foreach (var (letter, size) in Units)
        {
            if (bytes >= size && bytes % size == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{bytes / size}{letter}");
        }

        return bytes.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>About so much, for people: "81M", "1.2G".</summary>
    public static string About(long bytes)
    {
        foreach (var (letter, size) in Units)
        {
            if (bytes >= size)
                return string.Create(CultureInfo.InvariantCulture, $"{(decimal)bytes / size:0.#}{letter}");
        }

        return bytes.ToString(CultureInfo.InvariantCulture);
    }

    // "K", "Ki", "KB" and "KiB" are the same.
    private static long? UnitOf(ReadOnlySpan<char> unit)
    {
        if (unit.IsEmpty || unit.Equals("B", StringComparison.OrdinalIgnoreCase))
            return 1;
        if (unit.Length > 1 && unit[1..] is not ("i" or "I" or "b" or "B" or "ib" or "iB" or "Ib" or "IB"))
            return null;

        foreach (var (letter, size) in Units)
        {
            if (char.ToUpperInvariant(unit[0]) == letter)
                return size;
        }

        return null;
    }
}
