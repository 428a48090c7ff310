using System.Text.Json;
using Aios.Import;
using Aios.Store;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Import.SideBySide;

/// <summary>
/// A program that writes down how it was started: <c>record.py NAME STATUS SECONDS ARGUMENTS...</c>. What AIOS starts and what the
/// other system starts go into a file each, so that both can run at the same time.
/// </summary>
internal sealed class Recorder : IDisposable
{
    private readonly List<System.Diagnostics.Process> _others = [];

    /// <param name="variables">Those of the environment that are compared.</param>
    public Recorder(params string[] variables)
    {
        Home = new AiosHome();
        Folder = Directory.CreateTempSubdirectory("aios-side-").FullName;
        Program = In("record.py");
        File.WriteAllText(Program, Source.Replace("NAMES", JsonSerializer.Serialize(variables), StringComparison.Ordinal));
        foreach (var side in (string[])["here", "there"])
            File.WriteAllText(In(side), "");
        Permit(0b111_101_101);
        Permit(0b111_101_101, "record.py");
        foreach (var side in (string[])["here", "there"])
            Permit(0b110_110_110, side);
    }

    /// <summary>AIOS.</summary>
    public AiosHome Home { get; }

    /// <summary>Where the other system's files are.</summary>
    public string Folder { get; }

    /// <summary>The program.</summary>
    public string Program { get; }

    /// <summary>A path in the folder.</summary>
    public string In(params string[] names) => Path.Combine([Folder, .. names]);

    /// <summary>Writes a file there, with the program's path for each <c>{R}</c>.</summary>
    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.WriteAllText(In(name), text.Replace("{R}", Program, StringComparison.Ordinal));
        return In(name);
    }

    /// <summary>Sets what may be done with a file there, or with the folder.</summary>
    public void Permit(int mode, params string[] names)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(In(names), (UnixFileMode)mode);
    }

    /// <summary>Takes a set-up over into AIOS. Names that are made of the program's are made different from set-up to set-up.</summary>
    public void TakeOver(IJobSource source, string path, string name) =>
        File.WriteAllText(
            Home.In("Jobs", $"{name}.yaml"),
            JobListWriter
                .Write(source.Read(new ImportRequest(path, Databases.At("no.db"))), source.Name)
                .Replace("- name: record", $"- name: {name}_record", StringComparison.Ordinal)
        );

    /// <summary>Starts a program of the other system.</summary>
    public System.Diagnostics.Process Start(
        string program,
        string[] arguments,
        string folder,
        params (string Name, string Value)[] environment
    )
    {
        var start = new System.Diagnostics.ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = System.Diagnostics.Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _others.Add(process);
        return process;
    }

    /// <summary>
    /// Waits until each of the names has run on both sides (those that end in <c>again</c> twice), and compares: how often, with what,
    /// where, as whom.
    /// </summary>
    /// <param name="expected">Of those that must have run; one that is not among them must run on neither side.</param>
    public void Compare(params string[] expected)
    {
        try
        {
            Home.WaitFor(() => expected.All(name => HasRun("there", name) && HasRun("here", name)), "both have run all", seconds: 80);
        }
        catch (Xunit.Sdk.XunitException error)
        {
            Assert.Fail($"There: {Names("there")}.\nHere: {Names("here")}.\n{error.Message}");
        }

        Assert.Equal(Summary("there"), Summary("here"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), Records("there").Select(NameOf).Distinct().Order(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        foreach (var process in _others.Where(process => !process.HasExited))
        {
            AiosProcess.Send(process.Id, AiosProcess.Term);
            if (!process.WaitForExit(20_000))
                process.Kill(entireProcessTree: true);
        }

        _others.ForEach(process => process.Dispose());
        Home.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private bool HasRun(string side, string name) =>
        Records(side).Count(record => NameOf(record) == name) >= (name.EndsWith("again", StringComparison.Ordinal) ? 2 : 1);

    private string Names(string side) =>
        string.Join(
            ' ',
            Records(side).Select(NameOf).GroupBy(name => name).Select(runs => $"{runs.Key}:{runs.Count()}").Order(StringComparer.Ordinal)
        );

    // Of what comes back again and again only that counts: how often it has by now is a matter of the back-off.
    private IEnumerable<string> Summary(string side) =>
        Records(side)
            .GroupBy(record => record.GetRawText())
            .Select(runs => $"{(NameOf(runs.First()).EndsWith("again", StringComparison.Ordinal) ? "often" : runs.Count())} {runs.Key}")
            .Order(StringComparer.Ordinal);

    private static string NameOf(JsonElement record) => record.GetProperty("argv")[0].GetString()!;

    private List<JsonElement> Records(string side) =>
        [.. File.ReadAllLines(In(side)).Where(line => line.EndsWith('}')).Select(line => JsonDocument.Parse(line).RootElement)];

    private const string Source = """
        #!/usr/bin/python3 -S
        import json, os, sys, time
        # root's own groups are those of whoever started the daemon.
        mask = os.umask(0)
        os.umask(mask)
        side = "here" if "AIOS_RUN_ID" in os.environ else "there"
        record = {"argv": sys.argv[1:2] + sys.argv[4:], "cwd": os.getcwd(), "uid": os.getuid(), "gid": os.getgid(), "groups": sorted(os.getgroups()) if os.getuid() else None,
                  "umask": mask if "umask" in sys.argv[1] else None, "env": {name: os.environ.get(name) for name in NAMES}}
        out = os.open(os.path.join(os.path.dirname(os.path.realpath(__file__)), side), os.O_WRONLY | os.O_APPEND)
        os.write(out, (json.dumps(record) + "\n").encode())
        time.sleep(float(sys.argv[3]))
        sys.exit(int(sys.argv[2]))
        """;
}
