namespace Aios.Running.Secrets;

/// <summary>What becomes of the end of a text that may be the beginning of a secret.</summary>
internal enum UndecidedEnd
{
    /// <summary>More of the text comes: it is kept until then.</summary>
    Keep,

    /// <summary>The text is whole, so it is none.</summary>
    Show,

    /// <summary>The text may have been cut off in the middle of a secret.</summary>
    Mask,
}
