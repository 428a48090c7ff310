using System.Collections.Immutable;

namespace Aios.Jobs.Yaml;

/// <summary>A text that cannot be read as YAML at all, and where. Never leaves the loader.</summary>
internal sealed class YamlSyntaxException(int line, int column, string problem, Exception? cause = null) : Exception(problem, cause)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>The places to show; the place of the fault if there is nothing to compare it with.</summary>
    public ImmutableArray<YamlMark> Marks { get; init; } = [new(line, column)];

    /// <summary>The same with one more place to show.</summary>
    public YamlSyntaxException With(YamlMark mark) => new(Line, Column, Message, InnerException) { Marks = Marks.Add(mark) };
}
