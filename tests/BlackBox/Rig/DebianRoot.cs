using System.Diagnostics;
using System.Text;

namespace Aios.Tests.BlackBox;

/// <summary>A small Debian in a folder, from the archive that tests/images/make keeps.</summary>
internal sealed class DebianRoot : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aios-debian-").FullName;

    public DebianRoot() => Shell($"tar -C {_folder} -xf {Archive}").Exits(0);

    /// <summary>What is missing for it, in words; null if nothing.</summary>
    public static string? WhatIsMissing() =>
        File.Exists(Archive) && Needs.Succeeds("unshare", "--mount", "true")
            ? null
            : "a Debian in a folder cannot be made (needs root, and tests/images/make debian:bookworm-slim)";

    private static string Archive =>
        Path.Combine(
            Environment.GetEnvironmentVariable("AIOS_IMAGES")
                ?? Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/root", ".cache", "aios-images"),
            "runtime.tar"
        );

    /// <summary>A path in it, as it is called from here.</summary>
    public string At(string path) => Path.Combine(_folder, path.TrimStart('/'));

    /// <summary>Has its shell do something.</summary>
    public CliResult Do(string script) =>
        Shell(
            $"mount -t proc proc {_folder}/proc && exec chroot {_folder} env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TZ=UTC "
                + $"DEBIAN_FRONTEND=noninteractive sh -c {Quoted(script)}"
        );

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Mounts are gone with the process.
    private static CliResult Shell(string script) =>
        CliResult.Of(
            new ProcessStartInfo("unshare", ["--mount", "sh", "-c", script]) { StandardOutputEncoding = Encoding.UTF8 },
            TimeSpan.FromMinutes(3)
        );

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
