using Aios.Store.Runs;

namespace Aios.Tests.Running;

/// <summary>Where a program starts.</summary>
public sealed class WorkingFolderTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [LinuxTheory]
    [InlineData(null, "")]
    [InlineData(".", "")]
    [InlineData("data", "/data")]
    [InlineData("data/deep", "/data/deep")]
    [InlineData("./data/", "/data")]
    [InlineData("data/../data", "/data")]
    public async Task It_is_relative_to_the_home(string? workdir, string below)
    {
        Directory.CreateDirectory(Path.Combine(_box.Home, "data/deep"));

        await _box.Run(Sandbox.Shell("/bin/pwd; echo \"$PWD\"; pwd") with { Workdir = workdir });

        Assert.Equal([_box.Home + below, _box.Home + below, _box.Home + below], _box.Output.Out);
    }

    [LinuxFact]
    public async Task An_absolute_one_is_itself_and_a_link_is_kept_in_PWD()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_box.Home, "real")).FullName;
        var link = Path.Combine(_box.Home, "link");
        Directory.CreateSymbolicLink(link, folder);

        await _box.Run(Sandbox.Shell("pwd -P; pwd -L") with { Workdir = link });

        Assert.Equal([folder, link], _box.Output.Out);
    }

    [LinuxFact]
    public async Task A_path_in_a_command_and_one_in_PATH_start_from_it()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_box.Home, "shop/bin")).Parent!.FullName;
        foreach (var name in new[] { "run.sh", "bin/tool" })
        {
            File.Move(_box.Write("moved", $"#!/bin/sh\necho {name} in \"$PWD\"\n", executable: true), Path.Combine(folder, name));
        }

        await _box.Run(Sandbox.Command("./run.sh") with { Workdir = "shop" });
        await _box.Run(Sandbox.Command("tool") with { Workdir = "shop", Env = Aios.Jobs.Job.NoEnv.Add("PATH", "bin:/usr/bin:/bin") });

        Assert.Equal([$"run.sh in {folder}", $"bin/tool in {folder}"], _box.Output.Out);
    }

    [LinuxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_and_functions_start_in_it_too(bool isWarm)
    {
        using var box = new Sandbox(
            (settings, time) => new Aios.Running.Runner(settings, time, Aios.Running.ProcessHosts.ForThisSystem(), isWarm)
        );
        var folder = Directory.CreateDirectory(Path.Combine(box.Home, "data")).FullName;
        box.Write("where.py", "import os\ndef main():\n    return [os.getcwd(), os.environ['PWD']]\n");
        box.Write("where.sh", "#!/bin/sh\npwd\n", executable: true);

        var function = await box.Run(Sandbox.File("where.py", "main") with { Workdir = "data" });
        var home = await box.Run(Sandbox.File("where.py", "main"));
        await box.Run(Sandbox.File("where.sh") with { Workdir = "data" });

        Assert.Equal($"[\"{folder}\", \"{folder}\"]", function.ResultJson);
        Assert.Equal($"[\"{box.Home}\", \"{box.Home}\"]", home.ResultJson);
        Assert.Equal([folder], box.Output.Out);
    }

    [LinuxTheory]
    [InlineData("missing", "the working directory {0}/missing does not exist")]
    [InlineData("/nowhere/at/all", "the working directory /nowhere/at/all does not exist")]
    [InlineData("file", "the working directory {0}/file is a file")]
    public async Task Without_it_the_run_fails_and_says_so(string workdir, string words)
    {
        await File.WriteAllTextAsync(Path.Combine(_box.Home, "file"), "");
        _box.Write("a.py", "def main(): pass\n");

        foreach (
            var job in new[] { Sandbox.Command("true"), Sandbox.Command("./tool"), Sandbox.File("a.py"), Sandbox.File("a.py", "main") }
        )
        {
            var outcome = await _box.Run(job with { Workdir = workdir });
            Assert.Equal(RunStatus.Failed, outcome.Status);
            Assert.StartsWith(string.Format(words, _box.Home), outcome.Reason, StringComparison.Ordinal);
        }
    }

    [LinuxFact]
    public async Task Limits_change_nothing_about_it()
    {
        Directory.CreateDirectory(Path.Combine(_box.Home, "data"));

        await _box.Run(
            Sandbox.Shell("pwd") with
            {
                Workdir = "data",
                Limits = new() { OpenFiles = 99 },
            }
        );

        Assert.Equal([_box.Home + "/data"], _box.Output.Out);
    }
}
