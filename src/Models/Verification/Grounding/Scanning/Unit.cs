namespace Aios.Models.Verification.Grounding.Scanning;

/// <summary>A unit that numbers are converted from and to.</summary>
/// <param name="IsTime">Seconds are its base; else bytes are.</param>
/// <param name="Factor">How many of the base it is.</param>
internal sealed record Unit(bool IsTime, double Factor)
{
    /// <summary>The base of times.</summary>
    public static readonly Unit Second = new(IsTime: true, 1);

    private static readonly Dictionary<string, Unit> Known = Read(
        isTime: true,
        """
        0.001 ms millis millisecond milliseconds msec millisekunden
        1 s sec secs second seconds sekunde sekunden
        60 min mins minute minutes minuten
        3600 h hr hrs hour hours stunde stunden std
        86400 d day days tag tage tagen
        604800 week weeks woche wochen
        2629746 month months monat monate monaten
        31556952 year years jahr jahre jahren
        """,
        """
        1 byte bytes
        1000 kb
        1000000 mb
        1000000000 gb
        1000000000000 tb
        1024 kib
        1048576 mib
        1073741824 gib
        """
    );

    // Letters that may follow a number without a space.
    private static readonly HashSet<string> Glued = new(
        (
            "ms s sec secs min mins h hr hrs d w y yr yrs kg g mg t lb lbs oz km m cm mm mi ft in l ml kwh wh mwh "
            + "kw w mw v mv a ma hz khz mhz ghz "
            + "c f k kb mb gb tb kib mib gib b bps mbps gbps px pt pts pa hpa kpa bar mbar psi ppm db rpm eur usd gbp chf fps qps rps pcs"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The unit that a word names; null if none.</summary>
    public static Unit? Of(string word) => Known.GetValueOrDefault(word);

    /// <summary>Whether letters directly behind digits are a unit.</summary>
    public static bool IsGlued(string letters) => Glued.Contains(letters);

    /// <summary>The unit of a field by its name: <c>duration_min</c>; null if none.</summary>
    public static Unit? OfField(IReadOnlyList<string> words) =>
        words.Count > 1 || words.Any(word => word.Length > 2) ? OfLast(words) : null;

    /// <summary>A value of this unit in another; null if they measure different things.</summary>
    public IEnumerable<double> Convert(double value, Unit to)
    {
        if (IsTime != to.IsTime)
            yield break;
        yield return value * Factor / to.Factor;
        if (!IsTime)
            yield return value * Binary(Factor) / Binary(to.Factor);
    }

    private static Unit? OfLast(IReadOnlyList<string> words) => words.Select(Of).LastOrDefault(unit => unit is not null);

    private static double Binary(double factor) => factor < 1000 ? factor : Math.Pow(1024, Math.Round(Math.Log(factor, 1000)));

    private static Dictionary<string, Unit> Read(bool isTime, string times, string sizes)
    {
        var read = new Dictionary<string, Unit>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in times.Split('\n'))
            Add(read, line, isTime);
        foreach (var line in sizes.Split('\n'))
            Add(read, line, !isTime);
        return read;
    }

    private static void Add(Dictionary<string, Unit> read, string line, bool isTime)
    {
        var parts = line.Trim().Split(' ');
        var unit = new Unit(isTime, double.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture));
        foreach (var name in parts.Skip(1))
            read[name] = unit;
    }
}
