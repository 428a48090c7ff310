using System.Collections.Immutable;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary><c>file: ...</c>, with a <c>function</c> or without.</summary>
internal sealed class FileKind : WorkKind
{
    private static readonly JobField File = new JobField<string?>("file", new ProgramFileFormat())
    {
        Description = "The program to run, relative to `Programs/`.",
        Example = "report.py",
        OneOf = OneOfKeys,
        Get = job => FileWork.Of(job)?.File,
        Set = (job, value) => job.Doing<FileWork>(work => work with { File = value! }),
    };

    private static readonly JobField Function = new JobField<string?>("function", new FunctionFormat())
    {
        Description = "The Python function in `file` to call; without it, the file itself is run.",
        Example = "main",
        Needs = File,
        DefaultFits = job => job.Work.IsPython,
        Get = job => FileWork.Of(job)?.Function,
        Set = (job, value) => job.Doing<FileWork>(work => work with { Function = value }),
    };

    private static readonly JobField Python = new JobField<string?>("python", new InterpreterFormat())
    {
        Description = "The Python that runs a `.py` file: the path of an interpreter or of a virtual environment, relative to the home.",
        Example = "envs/ml",
        DefaultInWords = "`.venv` in the home if it exists, otherwise the setting `python`",
        DefaultFits = job => job.Work.IsPython,
        Get = job => FileWork.Of(job)?.Python,
        Set = (job, value) => job.Doing<FileWork>(work => work with { Python = value }),
    };

    private static readonly JobField Preload = new JobField<ImmutableArray<string>>("preload", new ModulesFormat())
    {
        Description = "Python modules that take long to import; they stay imported between runs of `function`.",
        Example = "[numpy, pandas]",
        DefaultFits = job => job.Work.IsFunction,
        Get = job => FileWork.Of(job)?.Preload ?? [],
        Set = (job, value) => job.Doing<FileWork>(work => work with { Preload = value }),
    };

    // After the fields that it takes in.
    public static readonly FileKind Instance = new();

    public override JobField Key => File;

    public override JobWork Blank { get; } = new FileWork();

    internal override ImmutableArray<JobField> Fields { get; } = [File, Function];

    internal override ImmutableArray<JobField> Details { get; } = [Python, Preload];

    internal override void Check(Job job, GivenFields given, Reporter report)
    {
        CheckFunction(job, given, report);
        if (given.Entry(Python) is { } python && !job.Work.IsPython)
            report
                .ForField(Python.Name)
                .Error(python.Key, "needs a \"file\" that ends in .py, which it would run; remove it or name such a file");
        if (given.Entry(Preload) is { } preload && !job.Work.IsFunction)
            report
                .ForField(Preload.Name)
                .Error(preload.Key, "needs a \"function\", for whose calls the modules are kept imported; remove it or name a function");
    }

    private static void CheckFunction(Job job, GivenFields given, Reporter report)
    {
        if (given.Entry(Function) is not { } function || job.Work.IsPython)
            return;

        if (FileWork.Of(job) is { File: { Length: > 0 } file })
            report
                .ForField(Function.Name)
                .Error(function.Key, $"only a file that ends in .py has functions to call, and \"file\" is {YamlScalar.Quoted(file)}");
        else if (given.Entry(File) is null)
            report.ForField(Function.Name).Error(function.Key, "needs a \"file\" that ends in .py, in which the function is");
    }
}
