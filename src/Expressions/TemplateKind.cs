namespace Aios.Expressions;

/// <summary>What a dollar sign with a brace can mean beside a reference.</summary>
internal enum TemplateKind
{
    /// <summary>Nothing: it is a mistake.</summary>
    Plain,

    /// <summary>A parameter of the shell, such as <c>${HOME}</c> or <c>${x:-y}</c>, which stays as it is.</summary>
    Shell,
}
