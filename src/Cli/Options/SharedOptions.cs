using System.CommandLine;

namespace Aios.Cli;

/// <summary>Options that every verb takes.</summary>
internal static class SharedOptions
{
    public static readonly Option<string?> Home = new("--home")
    {
        Description = "The folder with Jobs/ and Programs/ (AIOS_HOME; default: the current folder)",
        HelpName = "FOLDER",
        Recursive = true,
    };

    public static readonly Option<string?> Database = new("--db")
    {
        Description = "The database file (AIOS_DB; default: orchestrator.db in the home)",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>For verbs that print data.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print JSON" };
}
