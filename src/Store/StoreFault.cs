namespace Aios.Store;

/// <summary>Why a store has not done what it was asked.</summary>
internal enum StoreFault
{
    /// <summary>Something else; the message says what.</summary>
    Other,

    /// <summary>Somebody else holds it.</summary>
    Locked,

    /// <summary>There is no room.</summary>
    Full,

    /// <summary>It may not be written.</summary>
    ReadOnly,

    /// <summary>The disk fails, or what is needed beside the database cannot be made.</summary>
    Disk,

    /// <summary>It is damaged, or no database.</summary>
    Damaged,

    /// <summary>A newer program has written it.</summary>
    Newer,

    /// <summary>A rule of the database refuses the row, perhaps one that somebody has added.</summary>
    Rule,

    /// <summary>A value that the row holds cannot be handled.</summary>
    Value,
}
