using Aios.Store.Runs;

namespace Aios.Tests.Running;

public sealed class FileTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [LinuxTheory]
    [InlineData("a.sh", "echo \"sh $1\"", false, "sh x")]
    [InlineData("a.py", "import sys; print('py', sys.argv[1])", false, "py x")]
    [InlineData("a.pl", "print \"pl $ARGV[0]\\n\";", false, "pl x")]
    [InlineData("shebang", "#!/bin/sh\necho \"plain $1\"", false, "plain x")]
    [InlineData("shebang", "#!/bin/sh\necho \"executable $1\"", true, "executable x")]
    [InlineData("b.py", "#!/bin/sh\necho \"line before extension $1\"", false, "line before extension x")]
    [InlineData("env", "#!/usr/bin/env python3\nimport sys; print('env', sys.argv[1])", false, "env x")]
    [InlineData("split", "#!/usr/bin/env -S python3 -u\nimport sys; print('split', sys.argv[1])", false, "split x")]
    [InlineData("crlf", "#!/bin/cat\r\nline", false, "#!/bin/cat␍")]
    [InlineData("crlf", "#!/bin/cat\r\nline", true, "#!/bin/cat␍")]
    [InlineData("c.py", "import sys; print('executable without a line', sys.argv[1])", true, "executable without a line x")]
    [InlineData("deep/er/d.sh", "echo deep", false, "deep")]
    [InlineData("with space 'q'.sh", "echo spaced", false, "spaced")]
    public async Task A_file_is_run_as_it_says(string name, string text, bool executable, string expected)
    {
        _box.Write(name, text, executable);

        var outcome = await _box.Run(Sandbox.File(name), name == "crlf" ? "[]" : """["x"]""");

        Assert.Null(outcome.Reason);
        Assert.Equal(expected.Replace("␍", ""), _box.Output.Out[0]);
    }

    [LinuxFact]
    public async Task A_compiled_program_is_run()
    {
        File.Copy("/bin/echo", Path.Combine(_box.Programs, "compiled"));

        await _box.Run(Sandbox.File("compiled"), """["x"]""");

        Assert.Equal(["x"], _box.Output.Out);
    }

    [LinuxTheory]
    [InlineData("absent.sh", "is not in")]
    [InlineData("raport.sh", "Did you mean \"report.sh\"?")]
    [InlineData("no/such/folder.sh", "There is no folder")]
    [InlineData("data.bin", "chmod +x")]
    [InlineData("folder", "is a folder")]
    [InlineData("../outside.sh", "leaves")]
    [InlineData("folder/../../outside.sh", "leaves")]
    [InlineData("/bin/true", "leaves")]
    [InlineData("link.sh", "outside of")]
    [InlineData("linked/outside.sh", "outside of")]
    [InlineData("circle.sh", "circle")]
    [InlineData("needs.lua", "needs 'no-such-lua'")]
    [InlineData("nul\0.sh", "NUL")]
    public async Task What_cannot_be_run_is_said(string name, string expected)
    {
        _box.Write("report.sh", "");
        _box.Write("data.bin", "data");
        _box.Write("folder/x", "");
        _box.Write("needs.lua", "#!no-such-lua\n");
        _box.Write("../outside.sh", "echo outside");
        File.CreateSymbolicLink(Path.Combine(_box.Programs, "link.sh"), "../outside.sh");
        File.CreateSymbolicLink(Path.Combine(_box.Programs, "linked"), _box.Home);
        File.CreateSymbolicLink(Path.Combine(_box.Programs, "circle.sh"), "circle.sh");

        var outcome = await _box.Run(Sandbox.File(name));

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.Contains(expected, outcome.Reason);
        Assert.Empty(_box.Output.All);
    }

    [LinuxFact]
    public async Task A_link_that_stays_inside_is_followed()
    {
        _box.Write("versions/2/tool.sh", "echo two");
        File.CreateSymbolicLink(Path.Combine(_box.Programs, "current"), "versions/2");

        await _box.Run(Sandbox.File("current/tool.sh"));

        Assert.Equal(["two"], _box.Output.Out);
    }

    [LinuxFact]
    public async Task The_folder_of_programs_may_itself_be_a_link()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_box.Home, "elsewhere")).FullName;
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "a.sh"), "echo linked");
        Directory.Delete(_box.Programs);
        Directory.CreateSymbolicLink(_box.Programs, elsewhere);

        await _box.Run(Sandbox.File("a.sh"));

        Assert.Equal(["linked"], _box.Output.Out);
    }
}
