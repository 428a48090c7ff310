namespace Aios.Jobs.Yaml;

/// <summary>A list or a map in block form that an outline is in: its entries begin in one column.</summary>
internal sealed class BlockLevel(int column, bool isList, int line)
{
    /// <summary>Of its dashes or names, from 0: how many characters stand before them.</summary>
    public int Column { get; } = column;

    /// <summary>A list (its entries begin with a dash), not a map.</summary>
    public bool IsList { get; } = isList;

    public int FirstLine { get; } = line;

    /// <summary>The line of its latest entry.</summary>
    public int Line { get; set; } = line;

    /// <summary>Whether the latest entry has no value on its own line, so that the lines below may be its value.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether the latest entry is a text without a name.</summary>
    public bool IsText { get; set; }

    /// <summary>Whether the latest entry begins a block of text (| or >) in which nothing stands.</summary>
    public bool IsEmptyText { get; set; }

    /// <summary>What its entries are called.</summary>
    public string Entry => IsList ? "list item" : "field";
}
