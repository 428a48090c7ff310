using Aios.Service;

namespace Aios.Tests.Service;

/// <summary>The text of the unit. <c>BlackBox/SystemdTests</c> has systemd itself read and run it.</summary>
public sealed class ServiceUnitTests
{
    private static readonly ServiceUnit OfMachine = new(
        ServiceScope.System,
        "/usr/local/bin/aios",
        "/srv/aios",
        null,
        "aios",
        TimeSpan.FromMinutes(5)
    );

    [Theory]
    [InlineData("/srv/aios", "/srv/aios")]
    [InlineData("/srv/my home", "\"/srv/my home\"")]
    [InlineData("100%", "100%%")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("", "\"\"")]
    [InlineData("ü", "\"ü\"")]
    [InlineData("$HOME", "$$HOME")]
    public void An_argument_means_itself(string text, string expected) => Assert.Equal(expected, UnitText.Argument(text));

    [Fact]
    public void The_service_of_the_machine_starts_at_boot_as_its_user()
    {
        var lines = Lines(OfMachine);
        Assert.StartsWith(ServiceUnit.Mark, lines[0], StringComparison.Ordinal);
        foreach (
            var line in (string[])
                [
                    "User=aios",
                    "ExecStart=/usr/local/bin/aios run --home /srv/aios",
                    "TimeoutStopSec=300",
                    "WantedBy=multi-user.target",
                    "NoNewPrivileges=yes",
                    "ProtectSystem=full",
                ]
        )
            Assert.Contains(line, lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("ReadWritePaths=", StringComparison.Ordinal));
    }

    [Fact]
    public void A_service_of_a_user_names_no_user_and_starts_with_them()
    {
        var lines = Lines(OfMachine with { Scope = ServiceScope.User, User = null });
        Assert.Contains("WantedBy=default.target", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("User=", StringComparison.Ordinal));
        Assert.DoesNotContain("ProtectSystem=full", lines);
    }

    [Fact]
    public void A_service_of_root_restricts_no_program()
    {
        var lines = Lines(OfMachine with { User = null });
        Assert.DoesNotContain(lines, line => line.StartsWith("NoNewPrivileges", StringComparison.Ordinal));
    }

    [Fact]
    public void A_home_where_systemd_makes_all_read_only_may_be_written_to()
    {
        Assert.Contains("ReadWritePaths=/etc/aios", Lines(OfMachine with { Home = "/etc/aios" }));
        Assert.DoesNotContain("ReadWritePaths=/etcetera", Lines(OfMachine with { Home = "/etcetera" }));
    }

    [Theory]
    [InlineData(1, 90)]
    [InlineData(89.5, 90)]
    [InlineData(90.5, 91)]
    public void A_stop_is_waited_for_as_long_as_a_job_may_take_and_no_shorter_than_usual(double seconds, int expected) =>
        Assert.Contains($"TimeoutStopSec={expected}", Lines(OfMachine with { StopTimeout = TimeSpan.FromSeconds(seconds) }));

    [Fact]
    public void A_database_elsewhere_is_named() =>
        Assert.Contains(
            "ExecStart=/usr/local/bin/aios run --home /srv/aios --db \"/data/my db\"",
            Lines(OfMachine with { Database = "/data/my db" })
        );

    private static string[] Lines(ServiceUnit unit) => unit.ToString().Split('\n');
}
