using System.Text;
using Aios.Jobs;

namespace Aios.Tests.Jobs;

/// <summary>Files and folders.</summary>
public sealed class JobListLoaderTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("aios-jobs-").FullName;

    private string JobsFolder => Path.Combine(_home, "Jobs");

    private string ProgramsFolder => Path.Combine(_home, "Programs");

    public JobListLoaderTests()
    {
        Directory.CreateDirectory(JobsFolder);
        Directory.CreateDirectory(ProgramsFolder);
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Files_are_read_in_the_order_of_their_names()
    {
        Write("b.yml", Job("b"));
        Write("a.yaml", Job("a2") + Job("a1"));
        Write("C.json", "[{\"name\": \"c\", \"type\": \"trigger\", \"command\": [\"x\"]}]");

        var list = Load();

        Assert.Equal(["c", "a2", "a1", "b"], list.Jobs.Select(job => job.Name));
        Assert.Equal(["Jobs/C.json", "Jobs/a.yaml", "Jobs/b.yml"], list.Files.ToArray());
        Assert.True(list.IsValid);
    }

    [Theory]
    [InlineData(".jobs.yaml")]
    [InlineData("jobs.yaml~")]
    [InlineData(".#jobs.yaml")]
    [InlineData("#jobs.yaml#")]
    [InlineData("4913")]
    [InlineData(".jobs.yaml.swp")]
    [InlineData("jobs.yaml.tmp")]
    [InlineData("README.md")]
    public void What_editors_leave_is_not_read(string name)
    {
        Write(name, "broken: [");
        var signature = JobListFiles.Signature(JobsFolder);

        Assert.Equal(
            "Jobs: there is no *.yaml, *.yml or *.json file in this folder, so there is no job; `aios init` makes an example.",
            Assert.Single(Load().Warnings).ToString()
        );
        Assert.Empty(Load().Errors);
        Assert.Equal("", signature);
    }

    [Fact]
    public void A_name_is_unique_over_all_files()
    {
        Write("a.yaml", "# first\n" + Job("x") + Job("X"));
        Write("b.yaml", Job("y") + Job("x"));
        Assert.Equal(
            "Jobs/b.yaml:2:4: job \"x\", field \"name\": used twice; the first is at Jobs/a.yaml:2:3. Give one of the two another name.",
            Error()
        );
    }

    [Fact]
    public void A_broken_file_does_not_hide_the_mistakes_of_another()
    {
        Write("a.yaml", "- name: [\n");
        Write("b.yaml", "- {name: b}\n");
        Write("c.yaml", Job("c"));

        var list = Load();

        Assert.Equal(["Jobs/a.yaml", "Jobs/b.yaml", "Jobs/b.yaml"], list.Errors.Select(error => error.File));
        Assert.Equal(["c"], list.Jobs.Select(job => job.Name));
    }

    [Fact]
    public void An_absent_folder_is_an_error()
    {
        var absent = Path.Combine(_home, "nowhere", "Jobs");
        Assert.Equal(
            $"Jobs: there is no Jobs folder at {absent}; `aios init` makes an example.",
            Assert.Single(JobListLoader.Load(absent, ProgramsFolder).Errors).ToString()
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void What_cannot_be_a_folder_is_an_error(string folder)
    {
        Assert.NotEmpty(JobListLoader.Load(folder, folder).Errors);
        Assert.NotEmpty(JobListFiles.Signature(folder));
    }

    [Fact]
    public void A_missing_program_is_a_warning_with_the_nearest()
    {
        Directory.CreateDirectory(Path.Combine(ProgramsFolder, "tools"));
        File.WriteAllText(Path.Combine(ProgramsFolder, "tools", "clean.sh"), "");
        File.WriteAllText(Path.Combine(ProgramsFolder, "report.py"), "");
        Write(
            "jobs.yaml",
            """
            - {name: a, type: trigger, file: tools/clean.sh}
            - {name: b, type: trigger, file: raport.py}
            - {name: c, type: trigger, file: Programs/report.py}
            - {name: d, type: trigger, file: quite_different}
            """
        );

        var list = Load();

        Assert.Equal(4, list.Jobs.Length);
        Assert.Empty(list.Errors);
        Assert.Equal(
            [
                "Jobs/jobs.yaml:2:34: job \"b\", field \"file\": there is no program \"raport.py\" in Programs/; runs will fail until it "
                    + "is there. Did you mean \"report.py\"?",
                "Jobs/jobs.yaml:3:34: job \"c\", field \"file\": there is no program \"Programs/report.py\" in Programs/; runs will fail "
                    + "until it is there. Did you mean \"report.py\"?",
                "Jobs/jobs.yaml:4:34: job \"d\", field \"file\": there is no program \"quite_different\" in Programs/; runs will fail "
                    + "until it is there.",
            ],
            list.Warnings.Select(warning => warning.ToString())
        );
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        WriteBytes("jobs.yaml", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Job("a"))]);
        Assert.Equal("Jobs/jobs.yaml:1", Load().Find("a")?.DefinedAt);
    }

    [Fact]
    public void What_is_not_utf8_is_told_with_its_place()
    {
        WriteBytes("jobs.yaml", [.. "# Grüße\n# Gr"u8, 0xFC, .. "n\n"u8]);
        Assert.Equal("Jobs/jobs.yaml:2:5: the byte 0xFC is not UTF-8 text; save the file as UTF-8.", Error());
    }

    [Fact]
    public void Utf16_is_told_as_such()
    {
        WriteBytes("jobs.yaml", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Job("a"))]);
        Assert.Equal("Jobs/jobs.yaml:1:1: the file is in UTF-16; save it as UTF-8.", Error());
    }

    [Fact]
    public void A_file_without_end_is_refused_unread()
    {
        using (var file = File.Create(Path.Combine(JobsFolder, "jobs.yaml")))
            file.SetLength(JobListFiles.LargestFile + 1L);
        Assert.Equal("Jobs/jobs.yaml: the file is larger than 16 MB; split it into several files.", Error());
    }

    [Fact]
    public void A_file_that_is_gone_again_is_an_error()
    {
        File.CreateSymbolicLink(Path.Combine(JobsFolder, "jobs.yaml"), Path.Combine(_home, "nowhere"));
        Assert.StartsWith("Jobs/jobs.yaml: the file was there a moment ago and is gone;", Error(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_in_circles_is_an_error()
    {
        File.CreateSymbolicLink(Path.Combine(JobsFolder, "jobs.yaml"), Path.Combine(JobsFolder, "jobs.yaml"));
        Assert.StartsWith("Jobs/jobs.yaml: the file cannot be read (", Error(), StringComparison.Ordinal);
        Assert.NotNull(JobListFiles.Signature(JobsFolder));
    }

    [Fact]
    public void A_folder_with_the_name_of_a_list_is_not_read()
    {
        Directory.CreateDirectory(Path.Combine(JobsFolder, "old.yaml"));
        Assert.Empty(Load().Errors);
    }

    [Fact]
    public void The_signature_changes_with_the_files_and_with_nothing_else()
    {
        Write("a.yaml", Job("a"));
        var first = JobListFiles.Signature(JobsFolder);
        Assert.Equal(first, JobListFiles.Signature(JobsFolder));

        Write("a.yaml~", "x");
        Assert.Equal(first, JobListFiles.Signature(JobsFolder));

        var seen = new HashSet<string> { first };
        Write("a.yaml", Job("ab"));
        Assert.True(seen.Add(JobListFiles.Signature(JobsFolder)));
        File.SetLastWriteTimeUtc(Path.Combine(JobsFolder, "a.yaml"), DateTime.UnixEpoch.AddTicks(10));
        Assert.True(seen.Add(JobListFiles.Signature(JobsFolder)));
        Write("b.yaml", Job("b"));
        Assert.True(seen.Add(JobListFiles.Signature(JobsFolder)));
        File.Move(Path.Combine(JobsFolder, "b.yaml"), Path.Combine(JobsFolder, "c.yaml"));
        Assert.True(seen.Add(JobListFiles.Signature(JobsFolder)));
        Directory.Delete(JobsFolder, recursive: true);
        Assert.True(seen.Add(JobListFiles.Signature(JobsFolder)));
    }

    [Fact]
    public void The_signature_follows_a_link()
    {
        var target = Path.Combine(_home, "target");
        File.WriteAllText(target, Job("a"));
        File.CreateSymbolicLink(Path.Combine(JobsFolder, "jobs.yaml"), target);
        var before = JobListFiles.Signature(JobsFolder);

        File.WriteAllText(target, Job("abc"));

        Assert.NotEqual(before, JobListFiles.Signature(JobsFolder));
    }

    private static string Job(string name) => $"- {{name: {name}, type: trigger, command: [x]}}\n";

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(JobsFolder, name), text);

    private void WriteBytes(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(JobsFolder, name), bytes);

    private JobList Load() => JobListLoader.Load(JobsFolder, ProgramsFolder);

    private string Error() => Assert.Single(Load().Errors).ToString();
}
