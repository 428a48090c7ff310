namespace Aios.Cli;

/// <summary>The command line, a setting or a file that it names makes no sense. The message says what to do.</summary>
internal sealed class CommandLineException(string message) : Exception(message);
