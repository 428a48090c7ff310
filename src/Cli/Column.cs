namespace Aios.Cli;

/// <summary>A column of a table.</summary>
/// <param name="Heading">What stands above it.</param>
/// <param name="Kind">What becomes of it where the table does not fit.</param>
internal sealed record Column(string Heading, ColumnKind Kind)
{
    /// <summary>A column that stays whole.</summary>
    public static implicit operator Column(string heading) => new(heading, ColumnKind.Fixed);

    /// <summary>A column that is cut where it must be.</summary>
    public static Column Text(string heading) => new(heading, ColumnKind.Text);

    /// <summary>A column that is left out where it must be.</summary>
    public static Column Spare(string heading) => new(heading, ColumnKind.Spare);

    /// <summary>A column with words for how something stands.</summary>
    public static Column Status(string heading = "STATUS") => new(heading, ColumnKind.Status);
}
