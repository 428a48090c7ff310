using System.CommandLine;

namespace Aios.Cli;

/// <summary><c>aios top</c>: how all stands, as it changes. Where nobody watches, it is what <c>aios status</c> says.</summary>
internal static class TopVerb
{
    public static Command Create(CliContext context)
    {
        var command = new Verb("top", "Show the status live; arrows scroll, q quits", ("aios top", "Watch the status live"));
        command.SetVerb(context, parsed => Watch(parsed, context));
        return command;
    }

    private static int Watch(ParseResult parsed, CliContext context)
    {
        var settings = Settings.OfHome(parsed);
        using var reader = settings.Database.Read();
        if (reader is null)
            return context.Fail($"nothing has run here yet: there is no database at {settings.Database.Name}. `aios` starts the jobs.");
        if (context.Screen.Columns is not null && !Console.IsInputRedirected)
            return new LiveView(reader, settings.Database, context).Show();
        foreach (var line in StatusText.Lines(reader, context.Now, context.Screen))
            context.Out.WriteLine(line);
        return ExitCode.Good;
    }
}
