namespace Aios.Tests.Docs;

/// <summary>
/// What stands on a page and is not run by <see cref="PageTests"/>, and why. A start that is empty is any of that kind on the
/// page.
/// </summary>
internal sealed record NotRun(string Page, string Kind, string Start, string Why)
{
    private const string Builds = "builds: this test run was built so";
    private const string Engine = "takes a container engine: ImageTests";
    private const string Systemd = "takes systemd: SystemdTests";

    /// <summary>All of it.</summary>
    public static readonly NotRun[] All =
    [
        new("README.md", "sh", "dotnet ", Builds),
        new("README.md", "sh", "sudo apt-get install", "changes the machine: .ci/run installs these"),
        new("README.md", "sh", "sudo install out/aios", "changes the machine"),
        new("README.md", "sh", "docker ", Engine),
        new("README.md", "sh", "aios trigger hello", "its job is the reader's to write: ReadmeTests"),
        new("README.md", "python", "", "ReadmeTests, ImageTests"),
        new("docs/api.md", "text", "id: 4711", "a shape, not an answer: ApiLiveTests"),
        new("docs/architecture.md", "text", "", "a picture"),
        new("docs/architecture.md", "sh", "dotnet ", Builds),
        new("docs/architecture.md", "sh", "bench/", "takes minutes each"),
        new("docs/audit.md", "python", "", "Store/AuditTests"),
        new("docs/models.md", "sh", "", "needs a provider: BlackBox/Models"),
        new("docs/budgets.md", "sh", "", "needs a provider: BlackBox/Models/ReconcileTests"),
        new("docs/budgets.md", "csv", "", "needs a provider: BlackBox/Models/ReconcileTests"),
        new("docs/llm-jobs.md", "python", "", "needs a provider: BlackBox/Models"),
        new("docs/cli.md", "text", "", "made from the verbs themselves: CommandTreeTests"),
        new("docs/cli.md", "sh", "source <(aios completion", "CompletionTests"),
        new("docs/cli.md", "sh", "aios completion fish", "CompletionTests"),
        new("docs/console.md", "sh", "aios console", "another page may just have ended a daemon of the home: WebConsole/ServingTests"),
        new("docs/docker.md", "sh", "docker", Engine),
        new("docs/docker.md", "sh", "mkdir mine", Engine),
        new("docs/extending.md", "csharp", "", "parts of tests/Kinds, which its own tests run"),
        new("docs/extending.md", "text", "", "a job of a kind that only the tests have, and the files of a commit"),
        new("docs/first-steps.md", "sh", "sh install.sh --from RELEASE", "takes a release: ReleaseTests"),
        new("docs/first-steps.md", "sh", "aios service ", Systemd),
        new("docs/install.md", "sh", "sh install.sh --from RELEASE", "takes a release: ReleaseTests"),
        new("docs/install.md", "sh", "sudo ", "changes the machine: ReleaseTests look at the package"),
        new("docs/install.md", "sh", "dotnet publish", Builds),
        new("docs/install.md", "sh", "release/build", "takes minutes: ReleaseTests"),
        new("docs/install.md", "sh", "aios service install", Systemd),
        new("docs/install.md", "sh", "aios service status", Systemd),
        new("docs/install.md", "sh", "aios service uninstall", Systemd),
        new("docs/install.md", "ini", "", "a drop-in of systemd: SystemdTests"),
        new("README.md", "text", "Jobs/jobs.yaml:", "TroubleshootingTests"),
        new("docs/job-list.md", "text", "Jobs/jobs.yaml:", "TroubleshootingTests"),
        new("docs/life-of-a-run.md", "", "", "a picture"),
        new("docs/programs.md", "python", "", "ProgramsPageTests"),
        new("docs/programs.md", "js", "", "ProgramsPageTests"),
        new("docs/programs.md", "sh", "#!/bin/sh", "ProgramsPageTests"),
        new("docs/queue.md", "js", "", "takes Node 22.5, and Debian has an older one"),
        new("docs/queue.md", "csharp", "", "takes a build of its own"),
        new("docs/performance.md", "sh", "bench/", "takes a quarter of an hour"),
        new("docs/schedules.md", "text", "", "a picture"),
        new("docs/metrics.md", "yaml prometheus.yml", "", "ObservabilityFilesTests"),
    ];

    /// <summary>Whether it speaks of this.</summary>
    public bool Covers(string page, string kind, string text) =>
        Page == page && Kind == kind && text.StartsWith(Start, StringComparison.Ordinal);

    /// <summary>Whether any of them does.</summary>
    public static bool Any(string page, string kind, string text) => All.Any(one => one.Covers(page, kind, text));
}
