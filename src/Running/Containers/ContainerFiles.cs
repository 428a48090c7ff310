using System.Globalization;
using Aios.Platform;

namespace Aios.Running.Containers;

/// <summary>
/// The files of one run on this side. They outlive the daemon, as the container does, and go when the run's end is
/// durable. The folder around them is private, so that they themselves may be open to whatever user the image has.
/// </summary>
internal sealed class ContainerFiles(string folder, long runId)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Open = (UnixFileMode)0b111_111_111;
    private const UnixFileMode Readable = (UnixFileMode)0b110_100_100;

    public string Folder { get; } = Path.Combine(folder, runId.ToString(CultureInfo.InvariantCulture));

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Writes what the program is told.</summary>
    /// <exception cref="RunStartException">It cannot be written.</exception>
    public void Write(RunRequest request, string? script)
    {
        try
        {
            Delete();
            MakeFolder(folder, Private);
            MakeFolder(Folder, Open);
            Write(ContainerLayout.Kwargs, request.KwargsJson);
            if (!request.Job.Work.IsFunction)
                return;
            Write(ContainerLayout.Args, request.ArgsJson);
            Write(ContainerLayout.Script, script!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunStartException(
                $"the files in {Folder}, which contain the arguments of the program, cannot be written: {error.Message}"
            );
        }
    }

    public void Delete()
    {
        try
        {
            if (Directory.Exists(Folder))
                Directory.Delete(Folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A program may have put something there that only its own user can remove.
        }
    }

    private static void MakeFolder(string path, UnixFileMode mode)
    {
        OwnFile.ClaimFolder(path, mode);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    private void Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf(name), Readable);
    }
}
