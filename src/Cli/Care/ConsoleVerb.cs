using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Aios.Api.Serving;
using Aios.Daemon.Presence;

namespace Aios.Cli;

/// <summary>
/// <c>aios console</c>: opens the console page of this home's daemon. The address holds nothing secret, so it may be shown.
/// </summary>
internal static class ConsoleVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly Option<bool> Print = new("--print") { Description = "Only print the address" };

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "console",
            "Open the daemon's web console in a browser and print its address",
            ("aios console", "Open the console"),
            ("aios console --print", "Print the address without opening a browser")
        )
        {
            Print,
        };
        command.SetVerb(context, parsed => Show(parsed, context));
        return command;
    }

    private static async Task<int> Show(ParseResult parsed, CliContext context)
    {
        var settings = Settings.OfHome(parsed);
        var addresses = StateFolder.Find(settings.Database) is { } state ? AddressFile.Read(state.File(AddressFile.Name)) : [];
        foreach (var address in addresses.Select(Reachable))
        {
            if (!await Answers(address).ConfigureAwait(false))
                continue;
            context.Out.WriteLine(address);
            if (!parsed.GetValue(Print) && HasBrowser)
                Open(address.ToString());
            return ExitCode.Good;
        }

        return context.Fail(
            $"no daemon of {settings.Home} serves the console just now. Start one with "
                + $"`aios{(settings.Home == Directory.GetCurrentDirectory() ? "" : $" --home {settings.Home}")}`, then come again."
        );
    }

    // A daemon that listens everywhere is reached here by the shortest way.
    private static Uri Reachable(string address)
    {
        var url = new UriBuilder(address);
        if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
            url.Host = IPAddress.Loopback.ToString();
        return url.Uri;
    }

    private static async Task<bool> Answers(Uri address)
    {
        using var socket = new TcpClient();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await socket.ConnectAsync(address.Host.Trim('[', ']'), address.Port, limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    // Over a network, or where nobody looks, a browser would open for nobody.
    private static bool HasBrowser =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("SSH_CONNECTION"))
        && (
            !OperatingSystem.IsLinux()
            || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"))
            || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY"))
        );

    private static void Open(string address)
    {
        try
        {
            using var opened = OperatingSystem.IsWindows()
                ? Process.Start(new ProcessStartInfo(address) { UseShellExecute = true })
                : Process.Start(
                    new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address])
                    {
                        RedirectStandardError = true,
                        RedirectStandardOutput = true,
                    }
                );
        }
        catch (Win32Exception)
        {
            // The address was printed; whoever reads it can open it.
        }
    }
}
