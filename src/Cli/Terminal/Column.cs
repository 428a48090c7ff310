namespace Aios.Cli;

/// <summary>A column of a table.</summary>
/// <param name="Heading">What stands above it.</param>
/// <param name="Kind">What becomes of it where the table does not fit.</param>
/// <param name="Least">Letters that are kept of a text while there is any room.</param>
internal sealed record Column(string Heading, ColumnKind Kind, int Least = Column.Legible)
{
    /// <summary>What can still be read.</summary>
    public const int Legible = 20;

    /// <summary>A column that stays whole.</summary>
    public static implicit operator Column(string heading) => new(heading, ColumnKind.Fixed);

    /// <summary>A column that is cut where it must be.</summary>
    public static Column Text(string heading, int least = Legible) => new(heading, ColumnKind.Text, least);

    /// <summary>A column that is left out where it must be.</summary>
    public static Column Spare(string heading) => new(heading, ColumnKind.Spare);

    /// <summary>A column with words for how something stands.</summary>
    public static Column Status(string heading = "STATUS") => new(heading, ColumnKind.Status);
}
