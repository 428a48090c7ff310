using System.Collections.Immutable;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

/// <summary><c>import aios</c> finds its file in every Python program, and stands in nobody's way.</summary>
public sealed class HelperModuleTests : IDisposable
{
    private readonly Sandbox _box = new();

    private string Lib => Path.Combine(_box.Home, "lib");

    public void Dispose() => _box.Dispose();

    [LinuxFact]
    public async Task A_function_imports_it()
    {
        var outcome = await _box.Python("import aios\ndef main(): return [aios.__file__, aios.run.job, aios.run.attempt]");

        Assert.Equal($"[\"{Lib}/aios.py\", \"job\", 1]", outcome.ResultJson);
    }

    [LinuxFact]
    public async Task A_file_that_is_run_imports_it_and_what_it_starts_does()
    {
        _box.Write(
            "program.py",
            "import aios, subprocess, sys\nprint(aios.run.job, flush=True)\nsubprocess.run([sys.executable, '-c', 'import aios; "
                + "print(aios.run.id)'])"
        );
        var run = _box.Start(Sandbox.File("program.py"));
        await run.Completion.WaitAsync(Eventually.Guard);

        Assert.Equal(["job", $"{run.RunId}"], _box.Output.Out);
    }

    [LinuxFact]
    public async Task A_program_of_that_name_is_the_users_own()
    {
        _box.Write("aios.py", "MINE = 1");

        Assert.Equal("1", (await _box.Python("import aios\ndef main(): return aios.MINE")).ResultJson);
    }

    [LinuxTheory]
    [InlineData("/own/modules", "/own/modules:{lib}")]
    [InlineData("", "{lib}")]
    public async Task The_PYTHONPATH_of_a_job_stays_in_front(string own, string expected)
    {
        var env = ImmutableSortedDictionary<string, string>.Empty.Add("PYTHONPATH", own);

        await _box.Run(Sandbox.Shell("echo $PYTHONPATH") with { Env = env });

        Assert.Equal([expected.Replace("{lib}", Lib)], _box.Output.Out);
    }

    [LinuxFact]
    public async Task It_is_made_again_when_something_removes_it()
    {
        const string source = "import aios\ndef main(): return 1";
        Assert.Equal("1", (await _box.Python(source)).ResultJson);
        Directory.Delete(Lib, recursive: true);

        Assert.Equal("1", (await _box.Python(source)).ResultJson);
    }

    [LinuxFact]
    public async Task One_of_another_version_is_replaced()
    {
        Directory.CreateDirectory(Lib);
        await File.WriteAllTextAsync(Path.Combine(Lib, "aios.py"), "OLD = 1");

        Assert.Equal("false", (await _box.Python("import aios\ndef main(): return hasattr(aios, 'OLD')")).ResultJson);
        Assert.Equal(["aios.py"], Directory.GetFileSystemEntries(Lib).Select(Path.GetFileName));
    }

    [LinuxFact]
    public async Task Where_it_cannot_be_written_only_those_that_need_it_fail()
    {
        await File.WriteAllTextAsync(Lib, "in its place");

        Assert.Equal(RunStatus.Succeeded, (await _box.Python("def main(): pass")).Status);
        Assert.Equal(
            "ModuleNotFoundError: No module named 'aios'; AIOS puts it into the folder .aios/lib beside the database, and could not: that "
                + "must be a folder that AIOS may write into",
            (await _box.Python("import aios")).Reason
        );
    }
}
