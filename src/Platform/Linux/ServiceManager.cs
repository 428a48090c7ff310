using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Aios.Platform.Linux;

/// <summary>
/// Tells the service manager that started this process how it does, as sd_notify(3) has it: lines of words to the socket
/// that NOTIFY_SOCKET names. What cannot be sent is lost: nothing may wait for a manager.
/// </summary>
internal sealed class ServiceManager : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    private readonly UnixDomainSocketEndPoint _address;

    private ServiceManager(string address, TimeSpan? watchdog)
    {
        // A leading @ stands for the zero byte of an abstract address.
        _address = new UnixDomainSocketEndPoint(address[0] == '@' ? $"\0{address[1..]}" : address);
        Watchdog = watchdog;
    }

    /// <summary>What the manager sets for this process alone; its children must not see them.</summary>
    public static IReadOnlyList<string> Variables { get; } = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"];

    /// <summary>How long the manager waits for a sign of life; null if it does not.</summary>
    public TimeSpan? Watchdog { get; }

    /// <summary>The one that the environment names; null if there is none, or if what it names is no address.</summary>
    public static ServiceManager? FromEnvironment()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not ['/' or '@', _, ..] address)
            return null;
        try
        {
            return new ServiceManager(
                address,
                WatchdogOf(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), Environment.GetEnvironmentVariable("WATCHDOG_PID"))
            );
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>It does its work now, or again.</summary>
    public void Ready(string status) => Send($"READY=1\nSTATUS={status}");

    /// <summary>It takes over new settings; <see cref="Ready"/> ends that.</summary>
    public void Reloading() => Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={MonotonicMicroseconds}"));

    /// <summary>It is about to end.</summary>
    public void Stopping() => Send("STOPPING=1\nSTATUS=Ending the programs");

    /// <summary>How it does, in one line for people.</summary>
    public void Status(string words) => Send($"STATUS={words}");

    /// <summary>It lives.</summary>
    public void Alive() => Send("WATCHDOG=1");

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();

    // On Linux, timestamps are CLOCK_MONOTONIC, which is what the manager compares with.
    private static long MonotonicMicroseconds => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);

    // Meant for another process (a shell around this one) if it names that.
    private static TimeSpan? WatchdogOf(string? microseconds, string? pid)
    {
        if (!string.IsNullOrEmpty(pid) && pid != Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            return null;
        return long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? TimeSpan.FromMicroseconds(number)
            : null;
    }

    private void Send(string lines)
    {
        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(lines), _address);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Nobody listens, or not quickly enough.
        }
    }
}
