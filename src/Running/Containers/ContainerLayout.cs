namespace Aios.Running.Containers;

/// <summary>Where a program finds things in its container.</summary>
internal static class ContainerLayout
{
    /// <summary>Told to programs as AIOS_HOME.</summary>
    public const string Root = "/aios";

    /// <summary>The folder of programs, which cannot be written.</summary>
    public const string Programs = "/aios/Programs";

    /// <summary>Arguments and result.</summary>
    public const string Run = "/aios/run";

    public const string Kwargs = "kwargs.json";
    public const string Args = "args.json";
    public const string Result = "result.json";
    public const string Reason = Result + ".reason";
    public const string Script = "run_function.py";

    /// <summary>A file of the run's.</summary>
    public static string InRun(string name) => $"{Run}/{name}";

    /// <summary>A program, by its path in the folder of programs.</summary>
    public static string InPrograms(string path) => $"{Programs}/{path.Replace('\\', '/')}";
}
