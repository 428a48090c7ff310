using System.Formats.Tar;
using Aios.Running.Containers.Engine;

namespace Aios.Running.Containers;

/// <summary>Brings files to and from a container whose engine cannot see this machine's, by tar archives.</summary>
internal static class FileTransfer
{
    // An archive is made in memory, since its length is told ahead.
    private const long MostBytes = 256L * 1024 * 1024;

    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;
    private const UnixFileMode ReadAndSearch = (UnixFileMode)0b111_101_101;
    private static readonly string[] Outcomes = [ContainerLayout.Result, ContainerLayout.Reason];

    /// <summary>
    /// The run's files, and the folder of programs if there is one, to be unpacked in <see cref="ContainerLayout.Root"/>.
    /// </summary>
    /// <exception cref="RunStartException">They are too large, or cannot be read.</exception>
    public static byte[] Pack(ContainerFiles files, string? programs)
    {
        try
        {
            using var tar = new MemoryStream();
            using (var writer = new TarWriter(tar, leaveOpen: true))
            {
                Add(writer, files.Folder, "run", Everybody);
                if (programs is not null)
                    Add(writer, programs, "Programs", ReadAndSearch);
            }

            return tar.ToArray();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunStartException($"the programs cannot be copied to the container: {error.Message}");
        }
    }

    /// <summary>Brings what the program left to this side.</summary>
    public static async Task Fetch(EngineClient engine, string id, ContainerFiles files, CancellationToken cancel)
    {
        Directory.CreateDirectory(files.Folder);
        foreach (var name in Outcomes)
        {
            _ = await engine
                .GetArchive(id, ContainerLayout.InRun(name), stream => Unpack(stream, files.PathOf(name), cancel), cancel)
                .ConfigureAwait(false);
        }
    }

    private static void Add(TarWriter writer, string folder, string name, UnixFileMode mode)
    {
        writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, name + "/") { Mode = mode });
        var bytes = 0L;
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var info = new FileInfo(path);
            if (info.LinkTarget is null && info.Exists && (bytes += info.Length) > MostBytes)
            {
                throw new RunStartException(
                    $"{folder} holds more than {MostBytes >> 20} MB, too much to copy to a container for each run; keep data elsewhere "
                        + $"and mount it with `volumes`"
                );
            }

            writer.WriteEntry(path, $"{name}/{Path.GetRelativePath(folder, path)}");
        }
    }

    // Only an ordinary file is taken, whatever the program made of the name.
    private static async Task Unpack(Stream stream, string path, CancellationToken cancel)
    {
        var reader = new TarReader(stream);
        await using (reader.ConfigureAwait(false))
        {
            var entry = await reader.GetNextEntryAsync(copyData: false, cancel).ConfigureAwait(false);
            if (entry?.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                return;
            var file = File.Create(path);
            await using (file.ConfigureAwait(false))
            {
                // Whoever reads it finds that it is too long.
                if (entry.Length > ResultFile.MaxBytes)
                    file.SetLength(ResultFile.MaxBytes + 1L);
                else if (entry.DataStream is { } data)
                    await data.CopyToAsync(file, cancel).ConfigureAwait(false);
            }
        }
    }
}
