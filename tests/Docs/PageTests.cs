using System.Globalization;
using Aios.Tests.BlackBox;
using Aios.Tests.Support;

namespace Aios.Tests.Docs;

/// <summary>What the pages tell their readers to type works, and shows what the pages show.</summary>
public class PageTests(PageWorld world, ITestOutputHelper log) : IClassFixture<PageWorld>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Each kind of block that DocumentTests looks at, on whichever page.
    private static readonly string[] LookedAt = ["yaml", "yaml aios.yaml", "yaml models.yaml", "sql", "json"];

    // What a page shows to fail, with its exit status.
    private static readonly (string Page, string Command, int Status)[] Failing = [("docs/first-steps.md", "aios jobs validate", 2)];

    public static TheoryData<string> Pages => [.. Documents.Names.Where(page => Documents.Blocks(page).Any(IsRun))];

    [RequiresTheory(Need.Python | Need.SqliteShell | Need.Curl | Need.Node | Need.Bash)]
    [MemberData(nameof(Pages))]
    public void What_a_page_says_can_be_done(string page)
    {
        using var shell = world.Shell();
        foreach (var block in Documents.Blocks(page).Where(IsRun))
        {
            if (block.File is { } file)
                Write(shell, file, block.Text);
            else if (PageCommand.IsMoreOutput(block))
                WaitForOutput(shell.GoingOn[0], block.Text, shell);
            else if (block.Language == "python")
                Do(
                    shell,
                    new PageCommand(page, block.Line, $"python3 -c '{block.Text.Replace("'", "'\\''", StringComparison.Ordinal)}'", null)
                );
            else
                foreach (var command in PageCommand.Of(block))
                    Do(shell, command);
        }

        foreach (var one in shell.GoingOn.Where(one => one.Command.Shown is not null))
            WaitForOutput(one, one.Command.Shown!, shell);
        Log("all was said");
        var ended = shell.End();
        Log("all has ended");
        Assert.All(ended.Where(one => one.Ended.Command.IsDaemon), one =>
            Assert.True(one.Status == 0, $"{one.Ended.Command} has ended with {one.Status}:\n{one.Ended.Output}")
        );
    }

    [Fact]
    public void What_is_not_run_is_known()
    {
        var blocks = Documents.Names.SelectMany(page => Documents.Blocks(page)).ToList();
        Assert.Empty(
            blocks
                .Where(block =>
                    PageCommand.Of(block).Count == 0
                    && !PageCommand.IsMoreOutput(block)
                    && !LookedAt.Contains(block.Kind)
                    && !IsRun(block)
                    && !IsNotRun(block)
                )
                .Select(block => $"{block} is neither run nor in {nameof(NotRun)}")
        );
        Assert.Empty(
            NotRun
                .All.Where(known =>
                    !blocks.Any(block =>
                        known.Covers(block.Page, block.Kind, block.Text)
                        || PageCommand.Of(block).Any(command => known.Covers(block.Page, block.Kind, command.Text))
                    )
                )
                .Select(known => $"{known} is on no page any more")
        );
    }

    [RequiresFact]
    public void What_takes_no_key_is_told_on_the_page_about_security()
    {
        var open = new OpenApiDocument(world.Api.Get("/openapi.json").Expect(200).Json)
            .Operations.Where(operation => operation.Role == "anyone")
            .Select(operation => $"`{operation.Path}`")
            .ToList();
        Assert.NotEmpty(open);
        var page = Documents.Read("docs/security.md");
        Assert.All(open, path => Assert.Contains(path, page, StringComparison.Ordinal));
    }

    private static bool IsRun(DocumentBlock block) =>
        block.File is not null
        || ((block.Language == "python" || PageCommand.IsMoreOutput(block) || PageCommand.Of(block).Count > 0) && !IsNotRun(block));

    private static bool IsNotRun(DocumentBlock block) =>
        NotRun.Any(block.Page, block.Kind, block.Text) && PageCommand.Of(block).All(IsNotRun);

    private static bool IsNotRun(PageCommand command) => NotRun.Any(command.Page, command.Shown is null ? "sh" : "console", command.Text);

    private static void Write(PageShell shell, string file, string text)
    {
        var (path, heard) = (Path.Combine(shell.Folder, file), ListsHeardOf(shell));
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
        if (file.StartsWith("Jobs/", StringComparison.Ordinal))
            Wait(() => ListsHeardOf(shell) > heard, () => $"the daemon says nothing of {file}");
    }

    // How often the page's own daemon has told what it thinks of its list.
    private static int ListsHeardOf(PageShell shell) =>
        shell
            .GoingOn[0]
            .Output.Split('\n')
            .Count(line =>
                line.Contains("Took over the job list", StringComparison.Ordinal)
                || line.Contains("The last valid job list stays in force", StringComparison.Ordinal)
            );

    private void Do(PageShell shell, PageCommand command)
    {
        if (IsNotRun(command))
            return;
        if (command.GoesOn)
        {
            Start(shell, command);
            return;
        }

        if (command.Text.StartsWith("aios init", StringComparison.Ordinal))
            shell.Do($"cd {world.NewFolder()}");
        if (TakesNoDaemon(command))
            shell.Do($"cd {world.NewRestingHome()}");
        var trouble = Trouble(shell, command);
        // Who looks too early looks again.
        if (command.OnlyLooks && trouble is not null)
            Wait(() => (trouble = Trouble(shell, command)) is null, () => trouble!);
        Assert.True(trouble is null, trouble);
        if (command.Text.StartsWith("aios init", StringComparison.Ordinal))
            LeavePortsAlone(shell.Folder);
    }

    private string? Trouble(PageShell shell, PageCommand command)
    {
        var (status, output) = shell.Do(world.Typed(command.Text, shell));
        Log($"{status} {command}");
        var expected = Failing
            .FirstOrDefault(one => one.Page == command.Page && one.Command == command.Text && command.Shown is not null)
            .Status;
        var trouble =
            status != expected ? $"ended with {status}, expected {expected}"
            : command.Shown is { } shown ? ShownText.Difference(shown, world.AsOnPages(output, shell))
            : null;
        return trouble is null ? null : $"{command}\n{trouble}\nIt said:\n{output}";
    }

    private void Start(PageShell shell, PageCommand command)
    {
        var started = shell.Start(command, world.Typed(command.WithoutNote, shell));
        Wait(
            () =>
                !started.Lives
                || (command.IsDaemon ? started.Output.Contains(" as device ", StringComparison.Ordinal) : started.Output.Length > 0),
            () => $"{command} says nothing"
        );
        Assert.True(started.Lives, $"{command} has ended at once:\n{started.Output}");
    }

    private void WaitForOutput(PageShell.Background one, string shown, PageShell shell)
    {
        string? missing = null;
        Wait(
            () => (missing = ShownText.Missing(shown, world.AsOnPages(one.Output, shell))) is null,
            () => $"{one.Command}\nnot said: {missing}\nIt said:\n{one.Output}"
        );
    }

    private static bool TakesNoDaemon(PageCommand command) =>
        command.Text.StartsWith("aios restore", StringComparison.Ordinal) || command.Text.Contains("VACUUM", StringComparison.Ordinal);

    // The example jobs serve a page at a port that another program of this machine may have.
    private static void LeavePortsAlone(string folder)
    {
        var port = Ports.Free().ToString(CultureInfo.InvariantCulture);
        foreach (var file in Directory.EnumerateFiles(folder, "jobs.yaml", SearchOption.AllDirectories))
        {
            File.WriteAllText(file, File.ReadAllText(file).Replace("8765", port, StringComparison.Ordinal));
        }
    }

    private static void Wait(Func<bool> condition, Func<string> problem)
    {
        var said = SpinWait.SpinUntil(() => condition() || Pause(), Patience);
        Assert.True(said, problem());
    }

    private void Log(string what) => log.WriteLine($"{DateTime.UtcNow:HH:mm:ss.fff} {what}");

    private static bool Pause()
    {
        Thread.Sleep(20);
        return false;
    }
}
