using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Aios.Platform;

/// <summary>
/// A file of AIOS in a folder that others may write to as well: the key, locks, the end of the audit, a part of a backup.
/// What somebody else put there is neither believed nor written through. A file is taken if it is an ordinary one, no link,
/// and belongs to this user, to root, or to whom the folder belongs, who may do anything there. It is looked at after it
/// was opened, so that nothing can be exchanged in between. Modes are set, whatever the umask is.
/// </summary>
internal static class OwnFile
{
    /// <summary>For this user only.</summary>
    public const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>For others to read.</summary>
    public const UnixFileMode Readable = Secret | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>A folder that others may enter, and change nothing in.</summary>
    public const UnixFileMode EnterableFolder = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>What no file or folder of AIOS is for others.</summary>
    public const UnixFileMode WriteByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Opens a file that is there.</summary>
    /// <param name="path">Where.</param>
    /// <param name="access">What for.</param>
    /// <param name="share">What others may do meanwhile.</param>
    /// <param name="isStrict">Whether it must be of this user or root, whosever the folder is, and have no second name by which
    /// another file would be written.</param>
    /// <exception cref="UntrustedFileException">It is not one of AIOS.</exception>
    /// <exception cref="IOException">It is not there, or locked, or cannot be opened.</exception>
    public static FileStream Open(string path, FileAccess access, FileShare share, bool isStrict = false)
    {
        // Opening a pipe would wait for ever.
        if (FileIdentity.Look(path) is { IsRegular: false } found)
            throw new UntrustedFileException(path, found.Kind);
        var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = access,
                Share = share,
                BufferSize = 0,
            }
        );
        try
        {
            Check(path, file.SafeFileHandle, isStrict);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file to read and write it, and makes it if it is missing.</summary>
    /// <exception cref="UntrustedFileException">What is there is not one of AIOS.</exception>
    /// <exception cref="IOException">It is locked, or cannot be made or opened.</exception>
    public static FileStream OpenOrMake(string path, UnixFileMode mode, FileShare share, bool isStrict = false)
    {
        while (true)
        {
            try
            {
                return Make(path, mode, share);
            }
            catch (IOException) when (FileIdentity.Look(path) is not null)
            {
                // It is there already.
            }

            try
            {
                return Open(path, FileAccess.ReadWrite, share, isStrict);
            }
            catch (FileNotFoundException)
            {
                // Removed this instant.
            }
        }
    }

    /// <summary>Makes a file where there is none, not even a link that leads nowhere.</summary>
    /// <exception cref="IOException">Something is there, or it cannot be made.</exception>
    public static FileStream Make(string path, UnixFileMode mode, FileShare share = FileShare.None)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = share,
            BufferSize = 0,
        };
        if (OperatingSystem.IsWindows())
            return new FileStream(path, options);
        options.UnixCreateMode = mode;
        var file = new FileStream(path, options);
        TrySetMode(file.SafeFileHandle, mode);
        return file;
    }

    /// <summary>Puts a new file in the place of whatever is there, whole at every instant.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Replace(string path, string text, UnixFileMode mode)
    {
        var part = $"{path}.{Guid.NewGuid():n}";
        try
        {
            using (var file = Make(part, mode))
                file.Write(Encoding.UTF8.GetBytes(text));
            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>The text of a file that is there.</summary>
    /// <exception cref="UntrustedFileException">It is not one of AIOS.</exception>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    public static string Read(string path)
    {
        using var file = Open(path, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, new UTF8Encoding(false));
        return reader.ReadToEnd();
    }

    /// <summary>
    /// Makes a folder of AIOS, or sees to it that the one there is such: no link, nobody else's, and not for others to write to.
    /// </summary>
    /// <exception cref="UntrustedFileException">It is not.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static void ClaimFolder(string path, UnixFileMode mode = EnterableFolder)
    {
        if (FileIdentity.Look(path) is null)
            MakeFolder(path, mode);
        if (FileIdentity.Look(path) is not { } found)
            return;
        if (!found.IsFolder)
            throw new UntrustedFileException(path, found.Kind);
        RefuseForeign(path, found, ownerOfFolder: LocalUser.Number == 0);
        if ((found.Mode & WriteByOthers) != 0)
            TrySetMode(path, found.Mode & ~WriteByOthers);
    }

    /// <summary>Makes a folder, and those above it, where they are missing; others can enter them and change nothing in them.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static void MakeFolder(string path, UnixFileMode mode = EnterableFolder)
    {
        if (Directory.Exists(path))
            return;
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } above)
            MakeFolder(above);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, mode);
    }

    /// <summary>Refuses a link that somebody else put there.</summary>
    /// <exception cref="UntrustedFileException">It is somebody else's.</exception>
    public static void RefuseForeignLink(string path)
    {
        if (FileIdentity.Look(path) is { IsLink: true } found)
            RefuseForeign(path, found, ownerOfFolder: true);
    }

    private static void Check(string path, SafeFileHandle handle, bool isStrict)
    {
        if (FileIdentity.Look(handle) is not { } opened)
            return;
        // Through a link another file was opened than the one that has this name.
        if (FileIdentity.Look(path) is not { } named || named.Identity != opened.Identity)
            throw new UntrustedFileException(path, "a link");
        if (!opened.IsRegular)
            throw new UntrustedFileException(path, opened.Kind);
        if (isStrict && opened.Names > 1)
            throw new UntrustedFileException(path, "a file with a second name (a hard link)");
        RefuseForeign(path, opened, ownerOfFolder: !isStrict);
        if (!isStrict && (opened.Mode & WriteByOthers) != 0)
            TrySetMode(handle, opened.Mode & ~WriteByOthers);
    }

    private static void RefuseForeign(string path, FileFacts found, bool ownerOfFolder)
    {
        if (found.User == 0 || found.User == LocalUser.Number)
            return;
        if (ownerOfFolder && FileIdentity.OwnerOf(Path.GetDirectoryName(Path.GetFullPath(path))!)?.User == found.User)
            return;
        throw new UntrustedFileException(path, $"of the user {LocalUser.NameInPasswd(found.User)}");
    }

    // Some file systems have no modes; then there is nothing to set.
    private static void TrySetMode(SafeFileHandle handle, UnixFileMode mode)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(handle, mode);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { }
    }

    private static void TrySetMode(string path, UnixFileMode mode)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, mode);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { }
    }
}
