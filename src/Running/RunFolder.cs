using Aios.Platform;
using Aios.Running.Linux;

namespace Aios.Running;

/// <summary>The folder of the files of runs that go on. Whatever removes it, the next run makes it again.</summary>
internal sealed class RunFolder(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private volatile bool _isOurs;

    /// <summary>The path of the folder that is used while a folder's disk is full.</summary>
    public static string SpareOf(string path) => Path.Combine(Path.GetTempPath(), $"aios-{Path.GetFileName(path)}");

    public string PathOf(string name) => Path.Combine(path, name);

    /// <summary>Writes a file, readable by this user only; its path.</summary>
    /// <exception cref="RunStartException">It cannot be written.</exception>
    public string Write(string name, string text)
    {
        var file = PathOf(name);
        try
        {
            WriteOrMakeFolder(file, text);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunStartException(
                $"the file {file}, which contains the arguments of the program, cannot be written: {error.Message}"
            );
        }
    }

    /// <summary>Makes the folder again if something removed it; false if that cannot be done.</summary>
    public bool Ensure()
    {
        try
        {
            if (!_isOurs || !Directory.Exists(path))
            {
                MakeFolder();
            }

            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether a program can surely write into it without anything being tried.</summary>
    public bool HasRoom => OperatingSystem.IsLinux() && Ensure() && LinuxFile.HasRoom(path);

    /// <summary>Removes the folder if nothing is left in it.</summary>
    public void RemoveIfEmpty()
    {
        try
        {
            Directory.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It was never made, or a file of a run that could not be ended is still there.
        }
    }

    private void WriteOrMakeFolder(string file, string text)
    {
        // Somebody may have made one of this name before.
        if (!_isOurs)
            MakeFolder();
        try
        {
            PrivateFile.Write(file, text);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            MakeFolder();
            PrivateFile.Write(file, text);
        }
    }

    private void MakeFolder()
    {
        OwnFile.ClaimFolder(path, OwnerOnly);
        _isOurs = true;
    }
}
