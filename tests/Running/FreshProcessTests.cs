namespace Aios.Tests.Running;

/// <summary>Processes of functions with an interpreter of their own.</summary>
public sealed class FreshProcessTests() : PythonProcessTests(warm: false);
