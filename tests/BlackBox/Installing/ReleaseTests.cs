using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Aios.Tests.Docs;

namespace Aios.Tests.BlackBox;

/// <summary>What release/build makes of the published executable, and how it is installed.</summary>
public sealed class ReleaseTests(ReleaseFixture release) : IClassFixture<ReleaseFixture>
{
    [RequiresFact(Need.Published | Need.Debian | Need.Python)]
    public void Each_file_has_its_sum()
    {
        var sums = File.ReadAllLines(release.File("SHA256SUMS"))
            .Select(line => line.Split("  "))
            .ToDictionary(parts => parts[1], parts => parts[0]);
        Assert.Equal(
            ["aios-linux-x64", "aios-linux-x64.cdx.json", $"aios_{Version()}_amd64.deb", "install.sh"],
            sums.Keys.Order(StringComparer.Ordinal)
        );
        Assert.All(sums, pair =>
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(release.File(pair.Key)))), pair.Value)
        );
    }

    [RequiresFact(Need.Published | Need.Debian | Need.Python)]
    public void The_bill_of_materials_names_what_was_restored_and_linked()
    {
        using var sbom = JsonDocument.Parse(File.ReadAllText(release.File("aios-linux-x64.cdx.json")));
        var root = sbom.RootElement;
        Assert.Equal(("CycloneDX", "1.5"), (root.GetProperty("bomFormat").GetString(), root.GetProperty("specVersion").GetString()));
        var hash = root.GetProperty("metadata").GetProperty("component").GetProperty("hashes")[0].GetProperty("content").GetString();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(release.File("aios-linux-x64")))), hash);

        var components = root.GetProperty("components").EnumerateArray().ToList();
        var named = components.Select(component => component.GetProperty("name").GetString()!.ToLowerInvariant()).ToList();
        // All that the project names is there, and what those bring with them.
        var project = System
            .Xml.Linq.XDocument.Load(Path.Combine(Documents.Root, "Aios.csproj"))
            .Descendants("PackageReference")
            .Select(reference => reference.Attribute("Include")!.Value.ToLowerInvariant());
        Assert.Empty(project.Except(named));
        Assert.Contains("sqlite", named);
        Assert.Contains("microsoft.netcore.app.runtime.linux-x64", named);
        Assert.All(components, component => Assert.False(string.IsNullOrEmpty(component.GetProperty("version").GetString())));
        Assert.All(components, component => Assert.True(component.TryGetProperty("licenses", out _), component.ToString()));
        var references = components.Select(component => component.GetProperty("bom-ref").GetString()).ToHashSet();
        Assert.All(
            root.GetProperty("dependencies").EnumerateArray().SelectMany(each => each.GetProperty("dependsOn").EnumerateArray()),
            other => Assert.Contains(other.GetString(), references)
        );
    }

    [RequiresFact(Need.Published | Need.Debian | Need.Python | Need.CrossCompiler)]
    public void An_executable_for_arm64_is_linked_on_x64_and_runs()
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo(Path.Combine(Documents.Root, "release", "build"), [folder.Path, "arm64"])
        {
            Environment = { ["AIOS_PUBLISHED"] = AiosProcess.Executable },
        };
        var made = CliResult.Of(start, TimeSpan.FromMinutes(8));
        Assert.True(made.Status == 0, $"{made.Out}\n{made.Error}");
        Assert.True(File.Exists(Path.Combine(folder.Path, $"aios_{Version()}_arm64.deb")));

        var home = Path.Combine(folder.Path, "home");
        Assert.Equal(Version(), OnArm64("--version").Out.Trim());
        Assert.Equal(0, OnArm64("init", home).Status);
        Assert.Equal(0, OnArm64("jobs", "validate", "--home", home).Status);

        CliResult OnArm64(params string[] arguments) =>
            CliResult.Of(
                new ProcessStartInfo(
                    "qemu-aarch64-static",
                    ["-L", "/usr/aarch64-linux-gnu", Path.Combine(folder.Path, "aios-linux-arm64"), .. arguments]
                ),
                TimeSpan.FromMinutes(1)
            );
    }

    [RequiresFact(Need.Published | Need.Debian | Need.Python)]
    public void The_Debian_package_is_one_that_lintian_takes()
    {
        var package = release.File($"aios_{Version()}_amd64.deb");
        var lintian = CliResult.Of(
            new ProcessStartInfo("lintian", ["--allow-root", "--fail-on", "error,warning", package]),
            TimeSpan.FromMinutes(3)
        );
        Assert.True(lintian.Status == 0, $"{lintian.Out}\n{lintian.Error}");
        var content = CliResult.Of(new ProcessStartInfo("dpkg-deb", ["--contents", package])).Out;
        foreach (
            var file in (string[])
                [
                    "./usr/bin/aios",
                    "./lib/systemd/system/aios.service",
                    "./usr/share/doc/aios/copyright",
                    "./usr/share/doc/aios/docs/install.md",
                    "./usr/share/doc/aios/examples/README.md",
                ]
        )
        {
            Assert.Contains($" {file}\n", content, StringComparison.Ordinal);
        }
    }

    [RequiresFact(Need.Published | Need.Debian | Need.Python | Need.Chroot | Need.SystemdAnalyze)]
    public void The_Debian_package_is_installed_and_removed_and_leaves_the_home()
    {
        using var debian = new DebianRoot();
        File.Copy(release.File($"aios_{Version()}_amd64.deb"), debian.At("/tmp/aios.deb"));
        debian.Do("dpkg --install /tmp/aios.deb").Exits(0);
        Assert.Equal(Version(), debian.Do("aios --version").Exits(0).Out.Trim());
        Assert.Equal("aios", debian.Do("stat -c %U /var/lib/aios").Out.Trim());
        // As docs/install.md says, for there is no sudo in so small a system.
        debian.Do("su aios --shell /bin/sh --command 'aios init /var/lib/aios'").Exits(0);
        debian.Do("su aios --shell /bin/sh --command 'aios --home /var/lib/aios jobs validate'").Exits(0);

        var unit = File.ReadAllText(debian.At("/lib/systemd/system/aios.service"));
        Assert.Contains("\nUser=aios\n", unit, StringComparison.Ordinal);
        Assert.Contains("\nExecStart=/usr/bin/aios run --home /var/lib/aios\n", unit, StringComparison.Ordinal);
        Assert.Contains("\nNoNewPrivileges=yes\n", unit, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("aios.service"), unit.Replace("/usr/bin/aios", "/bin/true", StringComparison.Ordinal));
        var verdict = CliResult.Of(new("systemd-analyze", ["verify", "--man=no", folder.File("aios.service")]));
        Assert.True(verdict.Status == 0 && verdict.Error.Length == 0, verdict.Error);

        // Once more is an upgrade.
        debian.Do("dpkg --install /tmp/aios.deb").Exits(0);
        debian.Do("dpkg --purge aios").Exits(0);
        Assert.False(File.Exists(debian.At("/usr/bin/aios")));
        Assert.True(File.Exists(debian.At("/var/lib/aios/Jobs/jobs.yaml")));
    }

    [RequiresFact(Need.Published | Need.Debian | Need.Python | Need.Curl)]
    public void The_script_installs_from_a_folder_and_from_a_web_server()
    {
        using var server = new FileServer(release.Folder);
        foreach (var from in (string[])[release.Folder, server.Url])
        {
            using var folder = new TemporaryFolder();
            var answer = Install(folder, "--from", from).Exits(0);
            Assert.Contains($"Installed AIOS {Version()} as {folder.File("bin/aios")}", answer.Out, StringComparison.Ordinal);
            Assert.Contains("is not on your PATH", answer.Out, StringComparison.Ordinal);
            Assert.Contains("aios init mine", answer.Out, StringComparison.Ordinal);
            Assert.Equal(Version(), CliResult.Of(new(folder.File("bin/aios"), ["--version"])).Out.Trim());
            Install(folder, "--from", from).Exits(0);
            Assert.Equal(["aios"], Directory.EnumerateFiles(folder.File("bin")).Select(path => Path.GetFileName(path)));
        }
    }

    [RequiresTheory(Need.Published | Need.Debian | Need.Python | Need.Curl)]
    [InlineData("changed", "is wrong")]
    [InlineData("truncated", "is wrong")]
    [InlineData("unlisted", "does not list aios-linux-x64")]
    [InlineData("missing", "could not be downloaded")]
    public void The_script_refuses_what_is_not_what_it_should_be(string how, string words)
    {
        using var spoilt = new TemporaryFolder();
        var content = File.ReadAllBytes(release.File("aios-linux-x64"));
        if (how == "changed")
            content[^1] ^= 1;
        if (how == "truncated")
            content = content[..^1];
        if (how != "missing")
            File.WriteAllBytes(spoilt.File("aios-linux-x64"), content);
        File.WriteAllLines(
            spoilt.File("SHA256SUMS"),
            File.ReadAllLines(release.File("SHA256SUMS"))
                .Where(line => how != "unlisted" || !line.EndsWith("aios-linux-x64", StringComparison.Ordinal))
        );
        using var server = new FileServer(Path.GetDirectoryName(spoilt.File("x"))!);

        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("bin"));
        File.WriteAllText(folder.File("bin/aios"), "as it was");
        var answer = Install(folder, "--from", server.Url).Exits(1);
        Assert.Contains(words, answer.Error, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", answer.Error, StringComparison.Ordinal);
        Assert.Equal("as it was", File.ReadAllText(folder.File("bin/aios")));
    }

    [RequiresFact(Need.Published | Need.Debian | Need.Python)]
    public void The_script_says_what_is_wrong()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("--force", Run("--help").Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("expected --from", Run("--form").Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains(
            "name the URL or the folder of the release with --from",
            Install(folder, "--from", folder.File("none")).Exits(1).Error,
            StringComparison.Ordinal
        );
        Directory.CreateDirectory(folder.File("bin"));
        File.WriteAllText(folder.File("bin/aios"), "somebody else's");
        Assert.Contains("exists and is not AIOS", Install(folder, "--from", release.Folder).Exits(1).Error, StringComparison.Ordinal);
        Install(folder, "--from", release.Folder, "--force").Exits(0);
    }

    private static string Version() => CliResult.Of(Path.GetTempPath(), ["--version"]).Out.Trim();

    private static CliResult Install(TemporaryFolder folder, params string[] arguments) => Run(["--to", folder.File("bin"), .. arguments]);

    private static CliResult Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("sh", [Path.Combine(Documents.Root, "install.sh"), .. arguments]);
        // Of the web server on this machine a proxy knows nothing.
        start.Environment["no_proxy"] = "127.0.0.1";
        return CliResult.Of(start, TimeSpan.FromMinutes(2));
    }

    // Files of a folder, over HTTP.
    private sealed class FileServer : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly string _folder;

        public FileServer(string folder)
        {
            _folder = folder;
            for (var port = 20_000 + (Environment.ProcessId % 20_000); ; port++)
            {
                Url = $"http://127.0.0.1:{port}/release";
                _listener.Prefixes.Clear();
                _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
                try
                {
                    _listener.Start();
                    break;
                }
                catch (HttpListenerException) when (port < 60_000)
                {
                    // Somebody has that port.
                }
            }

            _ = Serve();
        }

        public string Url { get; }

        public void Dispose() => _listener.Close();

        private async Task Serve()
        {
            try
            {
                while (true)
                    Answer(await _listener.GetContextAsync().ConfigureAwait(false));
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private void Answer(HttpListenerContext context)
        {
            var file = Path.Combine(_folder, Path.GetFileName(context.Request.Url!.AbsolutePath));
            if (File.Exists(file))
                context.Response.OutputStream.Write(File.ReadAllBytes(file));
            else
                context.Response.StatusCode = 404;
            context.Response.Close();
        }
    }
}
