namespace Aios.Tests.Running;

/// <summary>Functions in an interpreter of their own.</summary>
public sealed class FreshFunctionTests() : PythonFunctionTests(warm: false);
