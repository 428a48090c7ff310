using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>What one who watches was sent.</summary>
/// <param name="Id">Where to go on after it; null if nothing was said of that.</param>
/// <param name="Kind">Its name.</param>
/// <param name="Data">What it says.</param>
internal sealed record LiveEvent(string? Id, string Kind, JsonElement Data)
{
    public long Number => long.Parse(Id!, System.Globalization.CultureInfo.InvariantCulture);
}
