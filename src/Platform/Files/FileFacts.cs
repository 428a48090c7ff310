namespace Aios.Platform;

/// <summary>What the system says of a file, a folder or a link.</summary>
/// <param name="Type">The part of <c>st_mode</c> that says what it is.</param>
/// <param name="Mode">Who may do what.</param>
/// <param name="User">The number of its user.</param>
/// <param name="Names">How many names it has.</param>
/// <param name="Identity">The same for the same file only.</param>
internal sealed record FileFacts(int Type, UnixFileMode Mode, uint User, uint Names, string Identity)
{
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;
    private const int Link = 0xA000;

    public bool IsRegular => Type == Regular;

    public bool IsFolder => Type == Folder;

    public bool IsLink => Type == Link;

    /// <summary>In words.</summary>
    public string Kind =>
        Type switch
        {
            Regular => "a file",
            Folder => "a folder",
            Link => "a link",
            _ => "neither a file nor a folder",
        };
}
