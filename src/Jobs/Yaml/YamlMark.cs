namespace Aios.Jobs.Yaml;

/// <summary>A place that a message shows: the line, with a mark below the column. Both count from 1.</summary>
internal readonly record struct YamlMark(int Line, int Column, string Note = "");
