using System.Globalization;

namespace Aios.Running;

/// <summary>The files through which a run and its program talk.</summary>
internal sealed class RunFiles
{
    private RunFiles(string kwargs, string args, string result)
    {
        Kwargs = kwargs;
        Args = args;
        Result = result;
    }

    /// <summary>Holds the named arguments.</summary>
    public string Kwargs { get; }

    /// <summary>Holds the positional arguments of a function.</summary>
    public string Args { get; }

    /// <summary>Where the program may leave its result.</summary>
    public string Result { get; }

    /// <summary>Where the caller of a function leaves the last line of an exception.</summary>
    public string Reason => Result + ".reason";

    /// <summary>Writes what the program is told; in the spare folder where the disk of the first is full.</summary>
    /// <exception cref="StartFailure">A file can be written in neither.</exception>
    public static RunFiles Make(RunFolder folder, RunFolder spare, RunRequest request)
    {
        try
        {
            return Make(folder, request);
        }
        catch (StartFailure)
        {
            return Make(spare, request);
        }
    }

    private static RunFiles Make(RunFolder folder, RunRequest request)
    {
        var id = request.RunId.ToString(CultureInfo.InvariantCulture);
        var files = new RunFiles(
            folder.Write(id + ".kwargs.json", request.KwargsJson),
            folder.PathOf(id + ".args.json"),
            folder.PathOf(id + ".result.json"));

        // Of a former run with this id, whose daemon was killed.
        PrivateFile.Delete(files.Result);
        if (request.Job.Function is not null)
        {
            PrivateFile.Delete(files.Reason);
            folder.Write(id + ".args.json", request.ArgsJson);
        }

        return files;
    }

    public void Delete(bool ofFunction)
    {
        PrivateFile.Delete(Kwargs);
        PrivateFile.Delete(Result);
        if (ofFunction)
        {
            PrivateFile.Delete(Args);
            PrivateFile.Delete(Reason);
        }
    }
}
