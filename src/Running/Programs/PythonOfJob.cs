namespace Aios.Running;

/// <summary>
/// Which Python a job's program is for: the job's own, that of the home's virtual environment, or the one of the settings.
/// </summary>
/// <param name="home">What paths are relative to.</param>
/// <param name="setting">The Python of the settings.</param>
internal sealed class PythonOfJob(string home, string setting)
{
    private static readonly string InEnvironment = OperatingSystem.IsWindows()
        ? Path.Combine("Scripts", "python.exe")
        : Path.Combine("bin", "python");

    private readonly string _ofHome = Path.Combine(home, ".venv", InEnvironment);

    /// <summary>That of jobs that name none.</summary>
    public string Usual => File.Exists(_ofHome) ? _ofHome : setting;

    /// <summary>A path, or a name to be looked for on the PATH. Whether it is there is for the search to say.</summary>
    /// <param name="interpreter">The job's own; null if it names none.</param>
    public string Of(string? interpreter)
    {
        if (interpreter is not { } python)
        {
            return Usual;
        }

        var path = Path.GetFullPath(python, home);
        if (Directory.Exists(path))
        {
            return Path.Combine(path, InEnvironment);
        }

        return File.Exists(path) ? path : python;
    }
}
