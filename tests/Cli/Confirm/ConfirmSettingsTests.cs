using Aios.Cli;
using Aios.Control.Confirm;
using Aios.Tests.Support;

namespace Aios.Tests.Cli.Confirm;

/// <summary><c>confirm:</c> in aios.yaml.</summary>
public sealed class ConfirmSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Who_confirms_is_read_and_the_rest_is_as_usual()
    {
        var rules = Read("max_parallel: 4\nconfirm:\n  restore: other\n  cancel_many: none\n  risky_jobs: {by: other, expires: 10m}\n");
        Assert.Equal(new ConfirmRule(ConfirmBy.Other, TimeSpan.FromMinutes(5)), rules.Of(RiskyKinds.Restore));
        Assert.Equal(ConfirmBy.None, rules.Of(RiskyKinds.CancelMany).By);
        Assert.Equal(new ConfirmRule(ConfirmBy.Other, TimeSpan.FromMinutes(10)), rules.Of(RiskyKinds.RiskyJobs));
        Assert.Equal(ConfirmRule.Default, rules.Of(RiskyKinds.DeleteHistory));
        Assert.All(RiskyKinds.All, kind => Assert.Equal(ConfirmBy.Self, Read("tags: [a]").Of(kind).By));
        Assert.Equal(TimeSpan.FromMinutes(1), Read("confirm: {restore: {expires: 60}}").Of(RiskyKinds.Restore).Expires);
        Assert.Equal(ConfirmRule.Default, Read("confirm:\n").Of(RiskyKinds.Restore));
    }

    [Theory]
    [InlineData(
        "confirm:\n  restor: self",
        ":2: confirm: unknown operation \"restor\". Known ones: restore, delete_history, cancel_many, risky_jobs. Did you mean \"restore\"?"
    )]
    [InlineData(
        "confirm:\n  restore: othr",
        ":2: confirm.restore: found \"othr\", expected one of: none, self, other. Did you mean \"other\"?"
    )]
    [InlineData("confirm: self", ":1: confirm: found \"self\", expected a map of operations such as \"restore: other\".")]
    [InlineData("confirm:\n  restore: [self]", ":2: confirm.restore: found a list")]
    [InlineData(
        "confirm:\n  restore:\n    bye: self",
        ":3: confirm.restore: unknown field \"bye\". Known ones: by, expires. Did you mean \"by\"?"
    )]
    [InlineData(
        "confirm:\n  restore: {expires: soon}",
        ":2: confirm.restore.expires: found \"soon\", expected a duration from 1s to 7d such as \"10m\"."
    )]
    [InlineData("confirm:\n  restore: {expires: 8d}", "expected a duration from 1s to 7d")]
    [InlineData("confirm:\n  restore: self\n  restore: other", ":3: confirm: \"restore\" is written twice")]
    [InlineData("confrim:\n  restore: self", "Did you mean \"confirm\"?")]
    public void A_mistake_is_told_with_its_line_and_what_was_meant(string text, string words) =>
        Assert.Contains(words, Assert.Throws<CommandLineException>(() => Read(text)).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private ConfirmRules Read(string text)
    {
        File.WriteAllText(_folder.File(SettingsFile.Name), text);
        return SettingsFile.Read(_folder.File(SettingsFile.Name)).Confirm;
    }
}
