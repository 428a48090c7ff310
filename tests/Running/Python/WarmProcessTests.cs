namespace Aios.Tests.Running;

/// <summary>Processes of functions that a resident interpreter forks.</summary>
public sealed class WarmProcessTests() : PythonProcessTests(warm: true);
