namespace Aios.Jobs.Works;

/// <summary>Which values a place in a command line can have.</summary>
internal enum ShellTakes
{
    /// <summary>Any.</summary>
    Text,

    /// <summary>A whole number: some shells evaluate what is there as arithmetic, and run the commands in it.</summary>
    Number,

    /// <summary>The name of a variable: some shells evaluate the index that follows a name.</summary>
    Name,

    /// <summary>What is no option: one of the command's takes the name of a variable.</summary>
    Operand,
}
