namespace Aios.Doctor;

/// <summary>Looks at one thing that a set-up needs. It changes nothing, and takes seconds at most.</summary>
internal interface ICheck
{
    /// <summary>What is looked at, in a word or two.</summary>
    string Name { get; }

    /// <summary>Looks.</summary>
    Finding Look(ExaminationInput setUp);
}
