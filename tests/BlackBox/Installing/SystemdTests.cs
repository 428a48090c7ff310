using System.Text.RegularExpressions;

namespace Aios.Tests.BlackBox;

/// <summary><c>aios service</c> with a systemd that really runs.</summary>
public sealed partial class SystemdTests
{
    private const string Aios = "/opt/aios/aios";

    private const string Jobs = """
        - name: probe
          type: trigger
          command: [sh, -c, 'id -un; grep NoNewPrivs /proc/self/status; touch /tmp/met here && echo wrote; touch /usr/x /etc/x 2>/dev/null || echo held']
        - name: stay
          type: always
          command: [sh, -c, 'trap "sleep 1; echo well > ended; exit 0" TERM; touch started; while :; do sleep 0.1; done']
        """;

    [RequiresFact(Need.SystemdItself)]
    public void A_service_is_installed_kept_running_and_taken_away()
    {
        using var machine = new SystemdMachine();
        MakeHome(machine);

        var installed = Service(machine, "install").Exits(0).Out;
        Assert.Contains("Wrote /etc/systemd/system/aios.service", installed, StringComparison.Ordinal);
        Assert.Contains("Started aios.service: 2 jobs", installed, StringComparison.Ordinal);
        var status = Service(machine, "status", "--json").Exits(0).Json;
        Assert.Equal("active", status.GetProperty("active").GetString());
        Assert.True(status.GetProperty("starts_at_boot").GetBoolean());
        var pid = status.GetProperty("pid").GetInt32();
        SystemdMachine.WaitFor(() => File.Exists(machine.At("/srv/home/started")), "what is kept running has started");

        // A program runs as the home's owner, may meet others in /tmp, and can change neither the system nor its rights.
        var probe = machine.Do(Aios, "trigger", "probe", "--wait", "--home", "/srv/home").Exits(0).Out;
        Assert.Equal(
            ["ada", "NoNewPrivs:1", "wrote", "held"],
            probe.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Blank().Replace(line, ""))
        );

        // The same once more is nothing more.
        Assert.Contains("runs as it should already", Service(machine, "install").Exits(0).Out, StringComparison.Ordinal);
        Assert.Equal(pid, Service(machine, "status", "--json").Json.GetProperty("pid").GetInt32());

        // What is killed comes back, and so does what it runs.
        File.Delete(machine.At("/srv/home/started"));
        machine.Do("kill", "-9", $"{pid}").Exits(0);
        SystemdMachine.WaitFor(
            () => Service(machine, "status", "--json") is { Status: 0, Json: var now } && now.GetProperty("pid").GetInt32() != pid,
            "it is back"
        );
        SystemdMachine.WaitFor(() => File.Exists(machine.At("/srv/home/started")), "what is kept running is back");

        // Programs end in their own way, and the home stays.
        File.Delete(machine.At("/srv/home/ended"));
        Assert.Contains("removed /etc/systemd/system/aios.service", Service(machine, "uninstall").Exits(0).Out, StringComparison.Ordinal);
        Assert.Equal("well\n", File.ReadAllText(machine.At("/srv/home/ended")));
        Assert.True(File.Exists(machine.At("/srv/home/orchestrator.db")));
        Assert.False(File.Exists(machine.At("/etc/systemd/system/aios.service")));
        Assert.Contains("is not installed", Service(machine, "status").Exits(1).Out, StringComparison.Ordinal);
        Assert.Contains("nothing to take away", Service(machine, "uninstall").Exits(0).Out, StringComparison.Ordinal);
    }

    [RequiresFact(Need.SystemdItself)]
    public void What_is_wrong_is_told_before_anything_is_changed()
    {
        using var machine = new SystemdMachine();
        MakeHome(machine);
        File.WriteAllText(machine.At("/srv/home/Jobs/jobs.yaml"), "- name: x\n  type: dayly\n  command: [a]\n");
        Assert.Contains("Did you mean \"daily\"?", Service(machine, "install").Exits(2).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(machine.At("/etc/systemd/system/aios.service")));

        File.WriteAllText(machine.At("/srv/home/Jobs/jobs.yaml"), Jobs);
        File.WriteAllText(machine.At("/etc/systemd/system/aios.service"), "[Service]\nExecStart=/usr/bin/true\n");
        Assert.Contains("was not written by aios", Service(machine, "install").Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("was not written by aios", Service(machine, "uninstall").Exits(1).Error, StringComparison.Ordinal);
        Assert.True(File.Exists(machine.At("/etc/systemd/system/aios.service")));

        // Under another name, with a database that cannot be written: systemd's own words are handed on.
        machine.Do("mkdir", "/srv/home/orchestrator.db").Exits(0);
        var failed = machine.Do(Aios, "service", "install", "--name", "other", "--home", "/srv/home").Exits(1).Error;
        Assert.Contains("other.service did not start", failed, StringComparison.Ordinal);
        machine.Do(Aios, "service", "uninstall", "--name", "other", "--home", "/srv/home").Exits(0);
    }

    [RequiresFact(Need.SystemdItself)]
    public void A_user_has_a_service_of_their_own_without_root()
    {
        using var machine = new SystemdMachine();
        MakeHome(machine);
        var refused = Own("install").Exits(1).Error;
        Assert.Contains("the systemd of user ada cannot be reached", refused, StringComparison.Ordinal);
        Assert.False(Directory.Exists(machine.At("/home/ada/.config")));
        machine.StartUserManager();

        var installed = Own("install").Exits(0).Out;
        Assert.Contains("Wrote /home/ada/.config/systemd/user/aios.service", installed, StringComparison.Ordinal);
        Assert.Contains("Started aios.service: 2 jobs", installed, StringComparison.Ordinal);
        // Nobody here lets them linger, and that is said.
        Assert.Contains("It ends when you log out", installed, StringComparison.Ordinal);
        var pid = Own("status", "--json").Exits(0).Json.GetProperty("pid").GetInt32();
        Assert.StartsWith(
            "ada",
            machine.DoAsAda(Aios, "trigger", "probe", "--wait", "--home", "/srv/home").Exits(0).Out,
            StringComparison.Ordinal
        );

        machine.Do("kill", "-9", $"{pid}").Exits(0);
        SystemdMachine.WaitFor(
            () =>
                Own("status", "--json") is { Status: 0, Json: var now }
                && now.GetProperty("pid").GetInt32() is var other
                && other != pid
                && other > 0,
            "it is back"
        );
        SystemdMachine.WaitFor(() => File.Exists(machine.At("/srv/home/started")), "what is kept running has started");

        Assert.Contains("removed /home/ada/.config/systemd/user/aios.service", Own("uninstall").Exits(0).Out, StringComparison.Ordinal);
        Assert.Equal("well\n", File.ReadAllText(machine.At("/srv/home/ended")));
        Assert.Contains("is not installed", Own("status").Exits(1).Out, StringComparison.Ordinal);

        CliResult Own(string verb, params string[] more) =>
            machine.DoAsAda(Aios, ["service", verb, "--user", "--home", "/srv/home", .. more]);
    }

    private static CliResult Service(SystemdMachine machine, string verb, params string[] more) =>
        machine.Do(Aios, ["service", verb, "--home", "/srv/home", .. more]);

    private static void MakeHome(SystemdMachine machine)
    {
        Directory.CreateDirectory(machine.At("/srv/home/Jobs"));
        Directory.CreateDirectory(machine.At("/srv/home/Programs"));
        File.WriteAllText(machine.At("/srv/home/Jobs/jobs.yaml"), Jobs);
        machine.Do("chown", "-R", "ada:ada", "/srv/home").Exits(0);
    }

    [GeneratedRegex(@"\s")]
    private static partial Regex Blank();
}
