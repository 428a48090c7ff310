using System.CommandLine;
using Aios.Control;
using Aios.Jobs;
using Aios.Platform;
using Aios.Service;

namespace Aios.Cli;

/// <summary><c>aios service</c>: a daemon that systemd keeps running.</summary>
internal static class ServiceVerb
{
    private static readonly TimeSpan AfterGrace = TimeSpan.FromSeconds(30);
    private static readonly Option<bool> OfUser = new("--user")
    {
        Description = "A service of your own user, without root (the default for other users than root)",
    };
    private static readonly Option<bool> OfSystem = new("--system")
    {
        Description = "A system service, started at boot (the default for root)",
    };
    private static readonly Option<string> Name = new("--name")
    {
        Description = "The service's name, if there are several homes (default: aios)",
        HelpName = "NAME",
        DefaultValueFactory = _ => "aios",
    };
    private static readonly Option<bool> Print = new("--print") { Description = "Only print the unit" };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "service",
            "Run AIOS as a systemd service",
            ("aios service install --home ~/mine", "Install and start the service, also at each boot")
        );
        command.Subcommands.Add(
            Sub(
                "install",
                "Write a systemd unit for this home and start it, now and at each boot",
                ("aios service install --print", "Show the unit without changing anything"),
                Install,
                context,
                Print
            )
        );
        command.Subcommands.Add(
            Sub(
                "uninstall",
                "Stop the service and remove its unit; the home and its data stay",
                ("aios service uninstall", "Stop the service and remove it"),
                Uninstall,
                context
            )
        );
        command.Subcommands.Add(
            Sub(
                "status",
                "Show the state of the service; exit status 1 if it is not running",
                ("aios service status --json", "Print the same as JSON"),
                Status,
                context,
                Json
            )
        );
        return command;
    }

    private static Verb Sub(
        string name,
        string description,
        Example example,
        Func<ParseResult, CliContext, int> verb,
        CliContext context,
        params Option[] options
    )
    {
        var command = new Verb(name, description, example) { OfUser, OfSystem, Name };
        foreach (var option in options)
            command.Options.Add(option);
        command.SetVerb(context, parsed =>
        {
            try
            {
                return verb(parsed, context);
            }
            catch (ServiceException error)
            {
                return context.Fail(error.Message);
            }
        });
        return command;
    }

    private static int Install(ParseResult parsed, CliContext context)
    {
        var settings = Settings.Of(parsed);
        settings.RequireJobsFolder();
        var unit = UnitOf(parsed, settings);
        if (parsed.GetValue(Print))
        {
            context.Out.Write(unit.ToString());
            return ExitCode.Good;
        }

        var service = ServiceOf(parsed);
        if (SystemdService.WhyNot() is { } why)
            return context.Fail(why);
        var list = JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder);
        if (!list.Errors.IsEmpty)
            return context.Fail(
                $"the job list has mistakes, so the service could not start and was not installed: {list.Errors[0]} `aios jobs "
                    + $"validate` names all.",
                ExitCode.Misused
            );
        service.Install(unit, context.Out.WriteLine);
        var flag = ScopeOf(parsed) == ServiceScope.User ? "--user " : "";
        if (unit is { Scope: ServiceScope.System, User: null })
            context.Out.WriteLine(
                $"It runs as root, because {settings.Home} belongs to root. To run it as another user: chown -R USER {settings.Home}, "
                    + $"then install again."
            );
        context.Out.WriteLine(
            $"See it: systemctl {flag}status {service.Unit}; its output: journalctl {flag}-u {service.Unit} -f; its jobs: aios status "
                + $"--home {settings.Home}"
        );
        return ExitCode.Good;
    }

    private static int Uninstall(ParseResult parsed, CliContext context)
    {
        var service = ServiceOf(parsed);
        if (SystemdService.WhyNot() is { } why)
            return context.Fail(why);
        service.Uninstall(context.Out.WriteLine);
        context.Out.WriteLine("The home with its jobs, programs and database is unchanged.");
        return ExitCode.Good;
    }

    private static int Status(ParseResult parsed, CliContext context)
    {
        var service = ServiceOf(parsed);
        if (SystemdService.WhyNot() is { } why)
            return context.Fail(why);
        var state = service.State();
        if (parsed.GetValue(Json))
            JsonOutput.Write(context.Out, json => Write(json, state));
        else if (!state.IsInstalled)
            context.Out.WriteLine($"{state.Unit} is not installed (no {state.File}). `aios service install` does it.");
        else
            context.Out.WriteLine(
                $"{state.Unit} is {state.Active}{(state.Process is { } pid ? $" as process {pid}" : "")}, and "
                    + $"{(state.StartsAtBoot ? "starts" : "does not start")} by "
                    + $"itself.{(state.Words.Length > 0 ? $" It says: {state.Words}" : "")}"
            );
        return state.IsActive ? ExitCode.Good : ExitCode.Failed;
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, ServiceState state)
    {
        json.WriteStartObject();
        json.WriteString("unit", state.Unit);
        json.WriteString("file", state.File);
        json.WriteBoolean("installed", state.IsInstalled);
        json.WriteString("active", state.Active);
        json.WriteBoolean("starts_at_boot", state.StartsAtBoot);
        json.WriteNumberOrNull("pid", state.Process);
        json.WriteString("status", state.Words);
        json.WriteEndObject();
    }

    private static SystemdService ServiceOf(ParseResult parsed)
    {
        var name = parsed.GetValue(Name)!;
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
            throw new CommandLineException($"--name: found \"{name}\", expected letters, digits, _ and -.");
        var scope = ScopeOf(parsed);
        if (scope == ServiceScope.System && LocalUser.Number != 0 && parsed.CommandResult.Command.Name != "status")
            throw new CommandLineException(
                "a system service requires root: sudo aios service ... --system; or install a service of your own user with --user."
            );
        return new SystemdService(scope, name);
    }

    private static ServiceScope ScopeOf(ParseResult parsed)
    {
        if (parsed.GetValue(OfUser) && parsed.GetValue(OfSystem))
            throw new CommandLineException("--user and --system exclude each other: give one of them.");
        return parsed.GetValue(OfSystem) || (LocalUser.Number == 0 && !parsed.GetValue(OfUser)) ? ServiceScope.System : ServiceScope.User;
    }

    private static ServiceUnit UnitOf(ParseResult parsed, Settings settings)
    {
        var scope = ScopeOf(parsed);
        var graces = JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder).Jobs.Select(job => job.Grace).DefaultIfEmpty();
        // What the environment says now, the service does not see; a file of settings it does.
        var isElsewhere =
            parsed.GetValue(SharedOptions.Database) is not null || Environment.GetEnvironmentVariable("AIOS_DB") is { Length: > 0 };
        return new ServiceUnit(
            scope,
            Environment.ProcessPath!,
            settings.Home,
            isElsewhere ? settings.Database.Name : null,
            scope == ServiceScope.System ? OwnerOf(settings.Home) : null,
            graces.Max() + AfterGrace
        );
    }

    private static string? OwnerOf(string home) =>
        FileIdentity.OwnerOf(home) is { User: > 0 } owner ? LocalUser.NameInPasswd(owner.User) : null;
}
