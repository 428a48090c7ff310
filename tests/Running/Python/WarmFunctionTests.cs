namespace Aios.Tests.Running;

/// <summary>Functions in processes that a resident interpreter forks.</summary>
public sealed class WarmFunctionTests() : PythonFunctionTests(warm: true);
