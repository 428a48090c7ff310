using System.ComponentModel;
using System.Diagnostics;

namespace Aios.Running;

/// <summary>
/// Starts processes by <see cref="Process"/>, for systems without a host of their own. It ends what it can see of a
/// process's tree, but knows nothing of sessions or orphans.
/// </summary>
internal sealed class PlainProcessHost : IProcessHost
{
    public IChild Start(ProcessSpec spec, IChildObserver observer)
    {
        var process = new Process { StartInfo = Info(spec) };
        try
        {
            process.Start();
            LeaveStamp(spec.Stamp);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            process.Dispose();
            throw new RunStartException($"{spec.Executable} could not be started: {error.Message}");
        }

        var child = new PlainChild(process, observer);
        _ = child.Serve();
        return child;
    }

    public ILimiter MakeLimiter(string marker) => new PlainLimiter();

    public void Dispose()
    {
        // Each child holds what it needs until its end.
    }

    // No process can be made to do it itself here, so a moment is left in which the daemon may die and nothing tells of the start.
    private static void LeaveStamp(string? path)
    {
        try
        {
            if (path is not null)
            {
                File.WriteAllBytes(path, []);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Less is known of it after a crash of ours.
        }
    }

    private static ProcessStartInfo Info(ProcessSpec spec)
    {
        var info = new ProcessStartInfo(spec.Executable, spec.Argv.Skip(1))
        {
            WorkingDirectory = spec.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
