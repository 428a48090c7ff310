using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit.v3;

namespace Aios.Tests.BlackBox;

/// <summary>
/// A test that is skipped, with the reason, where something it needs is missing. Where nothing may be skipped, it fails and names what is
/// missing.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresFactAttribute : FactAttribute, IBeforeAfterTestAttribute
{
    private readonly string? _missing;

    /// <summary>A test that needs <paramref name="need"/>.</summary>
    public RequiresFactAttribute(Need need = Need.Linux, [CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        _missing = Needs.WhatIsMissing(need);
        if (!Needs.NothingIsSkipped)
            Skip = _missing;
    }

    /// <inheritdoc />
    public void Before(MethodInfo methodUnderTest, IXunitTest test) => Assert.True(_missing is null, _missing);

    /// <inheritdoc />
    public void After(MethodInfo methodUnderTest, IXunitTest test) { }
}

/// <summary>As <see cref="RequiresFactAttribute"/>, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresTheoryAttribute : TheoryAttribute, IBeforeAfterTestAttribute
{
    private readonly string? _missing;

    /// <summary>A test that needs <paramref name="need"/>.</summary>
    public RequiresTheoryAttribute(Need need = Need.Linux, [CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        _missing = Needs.WhatIsMissing(need);
        if (!Needs.NothingIsSkipped)
            Skip = _missing;
    }

    /// <inheritdoc />
    public void Before(MethodInfo methodUnderTest, IXunitTest test) => Assert.True(_missing is null, _missing);

    /// <inheritdoc />
    public void After(MethodInfo methodUnderTest, IXunitTest test) { }
}
