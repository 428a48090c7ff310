namespace Aios.Daemon.Ticks;

/// <summary>
/// How many more calls to language models may begin. Those with tools are counted apart: they wait for runs that may be calls
/// themselves, and would otherwise take the places of what they wait for.
/// </summary>
/// <param name="Plain">Without tools.</param>
/// <param name="WithTools">With tools; their tools have none.</param>
internal readonly record struct FreeCalls(int Plain, int WithTools);
