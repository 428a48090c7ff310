namespace Aios.Running;

/// <summary>Which of its two outputs a program wrote to.</summary>
internal enum OutputStream
{
    /// <summary>Standard output.</summary>
    Out,

    /// <summary>Standard error.</summary>
    Error,
}
