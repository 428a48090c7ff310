using Xunit.Abstractions;
using Xunit.Sdk;

namespace Aios.Tests.BlackBox;

/// <summary>A test that is skipped, with the reason, where something it needs is missing.</summary>
[XunitTestCaseDiscoverer("Aios.Tests.BlackBox." + nameof(RequiresFactDiscoverer), "Aios.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresFactAttribute : FactAttribute
{
    /// <summary>A test that needs <paramref name="need"/>.</summary>
    public RequiresFactAttribute(Need need = Need.Linux)
    {
        Missing = Needs.WhatIsMissing(need);
        if (!Needs.NothingIsSkipped)
            Skip = Missing;
    }

    /// <summary>What is missing, or null.</summary>
    public string? Missing { get; }
}

/// <summary>As <see cref="RequiresFactAttribute"/>, with data.</summary>
[XunitTestCaseDiscoverer("Aios.Tests.BlackBox." + nameof(RequiresTheoryDiscoverer), "Aios.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresTheoryAttribute : TheoryAttribute
{
    /// <summary>A test that needs <paramref name="need"/>.</summary>
    public RequiresTheoryAttribute(Need need = Need.Linux)
    {
        Missing = Needs.WhatIsMissing(need);
        if (!Needs.NothingIsSkipped)
            Skip = Missing;
    }

    /// <summary>What is missing, or null.</summary>
    public string? Missing { get; }
}

/// <summary>Turns a missing thing into a failure that names it, where nothing may be skipped.</summary>
public sealed class RequiresFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    /// <inheritdoc />
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo factAttribute
    ) =>
        Failure.IfMissing(DiagnosticMessageSink, discoveryOptions, testMethod, factAttribute)
        ?? base.Discover(discoveryOptions, testMethod, factAttribute);
}

/// <summary>As <see cref="RequiresFactDiscoverer"/>, for tests with data.</summary>
public sealed class RequiresTheoryDiscoverer(IMessageSink sink) : TheoryDiscoverer(sink)
{
    /// <inheritdoc />
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo theoryAttribute
    ) =>
        Failure.IfMissing(DiagnosticMessageSink, discoveryOptions, testMethod, theoryAttribute)
        ?? base.Discover(discoveryOptions, testMethod, theoryAttribute);
}

internal static class Failure
{
    public static IXunitTestCase[]? IfMissing(
        IMessageSink sink,
        ITestFrameworkDiscoveryOptions options,
        ITestMethod method,
        IAttributeInfo attribute
    )
    {
        var missing = attribute.GetNamedArgument<string?>("Missing");
        if (!Needs.NothingIsSkipped || missing is null)
            return null;
        return
        [
            new ExecutionErrorTestCase(sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, missing),
        ];
    }
}
