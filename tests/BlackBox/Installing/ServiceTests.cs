using System.Globalization;
using Aios.Platform;
using Aios.Service;

namespace Aios.Tests.BlackBox;

/// <summary>
/// The unit that <c>aios service install</c> writes, looked at by systemd itself, and what is said where there is no systemd.
/// </summary>
public class ServiceTests
{
    private const string Jobs = "[{name: slow, type: trigger, command: ['true'], grace: 5m}]";

    [RequiresTheory(Need.SystemdAnalyze)]
    [InlineData("--system", "plain")]
    [InlineData("--user", "plain")]
    [InlineData("--system", "50 % of \"$HOME\" \\ it's")]
    public void It_is_one_that_systemd_takes(string scope, string name)
    {
        using var folder = new Support.TemporaryFolder();
        using var home = new AiosHome(Jobs, folder.File(name));
        var before = Units();
        var unit = home.Cli("service", "install", scope, "--print").Exits(0).Out;
        Assert.Equal(before, Units());
        var file = home.In("aios.service");
        File.WriteAllText(file, unit);
        var verdict = CliResult.Of(
            new("systemd-analyze", [scope, "verify", "--man=no", file]) { Environment = { ["XDG_RUNTIME_DIR"] = home.Folder } }
        );
        Assert.True(verdict.Status == 0 && verdict.Error.Length == 0, $"{verdict.Error}\n{unit}");
        Assert.Contains("\nTimeoutStopSec=330\n", unit, StringComparison.Ordinal);
    }

    [RequiresFact(Need.SystemdAnalyze)]
    public void It_is_held_in_more_than_an_ordinary_unit()
    {
        using var folder = new Support.TemporaryFolder();
        var unit = new ServiceUnit(ServiceScope.System, "/usr/bin/true", "/srv/aios", null, "nobody", TimeSpan.FromSeconds(40)).ToString();
        Assert.InRange(Exposure(folder, unit), 0, 7.0);
        Assert.InRange(Exposure(folder, "[Service]\nUser=nobody\nExecStart=/usr/bin/true\n"), 9.0, 10);
        Assert.Contains("\nTimeoutStopSec=90\n", unit, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void It_runs_as_whom_the_home_belongs_to_and_may_write_there()
    {
        var unit = new ServiceUnit(ServiceScope.System, "/opt/my aios", "/etc/aios 100%", "/var/a$b.db", "ada", TimeSpan.Zero).ToString();
        Assert.Contains("\nUser=ada\n", unit, StringComparison.Ordinal);
        Assert.Contains("\nReadWritePaths=\"/etc/aios 100%%\"\n", unit, StringComparison.Ordinal);
        Assert.Contains(
            "\nWorkingDirectory=/etc/aios 100%%\nExecStart=\"/opt/my aios\" run --home \"/etc/aios 100%%\" --db /var/a$$b.db\n",
            unit,
            StringComparison.Ordinal
        );
        var ofRoot = new ServiceUnit(ServiceScope.System, "/opt/aios", "/srv/aios", null, null, TimeSpan.Zero).ToString();
        Assert.DoesNotContain("User=", ofRoot, StringComparison.Ordinal);
        Assert.DoesNotContain("NoNewPrivileges", ofRoot, StringComparison.Ordinal);
    }

    [RequiresFact(Need.NoSystemd)]
    public void Where_there_is_no_systemd_it_says_so_and_changes_nothing()
    {
        using var home = new AiosHome(Jobs);
        foreach (var verb in (string[])["install", "uninstall", "status"])
        {
            var answer = home.Cli("service", verb, "--user").Exits(1);
            Assert.Contains("systemd does not run this machine (process 1 is ", answer.Error, StringComparison.Ordinal);
            Assert.Contains("@reboot", answer.Error, StringComparison.Ordinal);
        }

        Assert.False(
            File.Exists(
                Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config", "systemd", "user", "aios.service")
            )
        );
    }

    [RequiresFact]
    public void What_is_asked_wrongly_is_told()
    {
        using var home = new AiosHome(Jobs);
        Assert.Contains(
            "give one of them",
            home.Cli("service", "install", "--user", "--system", "--print").Exits(2).Error,
            StringComparison.Ordinal
        );
        Assert.Contains("--name", home.Cli("service", "status", "--name", "a/b").Exits(2).Error, StringComparison.Ordinal);
        if (LocalUser.Number != 0)
            Assert.Contains("sudo", home.Cli("service", "uninstall", "--system").Exits(2).Error, StringComparison.Ordinal);
    }

    private static string[] Units() => [.. Directory.EnumerateFiles("/etc/systemd/system").Order(StringComparer.Ordinal)];

    private static double Exposure(Support.TemporaryFolder folder, string unit)
    {
        File.WriteAllText(folder.File("a.service"), unit);
        var said = CliResult.Of(new("systemd-analyze", ["security", "--offline=true", "--no-pager", folder.File("a.service")])).Out;
        var at = said.IndexOf("Overall exposure level", StringComparison.Ordinal);
        Assert.True(at >= 0, said);
        return double.Parse(said[at..].Split(':')[1].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
