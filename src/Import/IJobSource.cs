namespace Aios.Import;

/// <summary>Reads the set-up of another system. Nothing there is changed, and nothing is left out without a note.</summary>
internal interface IJobSource
{
    /// <summary>How it is called on the command line.</summary>
    string Name { get; }

    /// <summary>What it is and where it is looked for, for the help.</summary>
    string Description { get; }

    /// <summary>Reads it.</summary>
    /// <exception cref="ImportException">It is not there, or cannot be read at all.</exception>
    ImportedList Read(ImportRequest request);
}
