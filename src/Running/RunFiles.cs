using System.Globalization;
using Aios.Running.Secrets;

namespace Aios.Running;

/// <summary>The files through which a run and its program talk.</summary>
internal sealed class RunFiles : IRunExchange
{
    public const string KwargsName = "AIOS_KWARGS_FILE";
    public const string ArgsName = "AIOS_ARGS_FILE";
    public const string ResultName = "AIOS_RESULT";

    public const string KwargsEnding = ".kwargs.json";
    public const string ArgsEnding = ".args.json";

    /// <summary>As most runs have them.</summary>
    public const string NoKwargs = "{}";

    private readonly bool _ofFunction;
    private readonly bool _sharesKwargs;

    private RunFiles(string kwargs, string args, string result, bool ofFunction, bool sharesKwargs = false)
    {
        _ofFunction = ofFunction;
        _sharesKwargs = sharesKwargs;
        Kwargs = kwargs;
        Args = args;
        Result = result;
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, string>> Environment
    {
        get
        {
            yield return new(KwargsName, Kwargs);
            yield return new(ResultName, Result);
            if (_ofFunction)
            {
                yield return new(ArgsName, Args);
            }
        }
    }

    /// <summary>Holds the named arguments.</summary>
    private string Kwargs { get; }

    /// <summary>Holds the positional arguments of a function.</summary>
    private string Args { get; }

    /// <summary>Where the program may leave its result.</summary>
    private string Result { get; }

    /// <summary>Where the caller of a function leaves the last line of an exception.</summary>
    private string Reason => Result + ".reason";

    /// <summary>Writes what the program is told; in the spare folder where the disk of the first is full.</summary>
    /// <exception cref="RunStartException">A file can be written in neither.</exception>
    public static RunFiles Make(RunFolder folder, RunFolder spare, RunRequest request)
    {
        try
        {
            return Make(folder, request);
        }
        catch (RunStartException)
        {
            return Make(spare, request);
        }
    }

    /// <summary>Without writing anything, for a command whose named arguments are in a file that is there already.</summary>
    public static RunFiles WithoutKwargs(RunFolder folder, RunRequest request, string kwargs)
    {
        var files = new RunFiles(kwargs, "", ResultPath(folder, request), ofFunction: false, sharesKwargs: true);
        PrivateFile.Delete(files.Result);
        return files;
    }

    private static RunFiles Make(RunFolder folder, RunRequest request)
    {
        var id = request.RunId.ToString(CultureInfo.InvariantCulture);
        var files = new RunFiles(
            folder.Write(id + KwargsEnding, request.KwargsJson),
            folder.PathOf(id + ArgsEnding),
            ResultPath(folder, request),
            request.Job.Work.IsFunction
        );

        // Of a former run with this id, whose daemon was killed.
        PrivateFile.Delete(files.Result);
        if (request.Job.Work.IsFunction)
        {
            PrivateFile.Delete(files.Reason);
            folder.Write(id + ArgsEnding, request.ArgsJson);
        }

        return files;
    }

    /// <summary>The path of the file that a run may leave its result in.</summary>
    public static string ResultPath(RunFolder folder, RunRequest request) =>
        folder.PathOf(request.RunId.ToString(CultureInfo.InvariantCulture) + ".result.json");

    /// <inheritdoc/>
    public RunReturn Take(SecretMask? mask)
    {
        var result = ResultFile.Read(Result, mask, out var problem);
        var reason = _ofFunction ? ResultFile.ReadReason(Reason) : null;
        Delete();
        return new(result, problem, reason);
    }

    private void Delete()
    {
        if (!_sharesKwargs)
        {
            PrivateFile.Delete(Kwargs);
        }

        PrivateFile.Delete(Result);
        if (_ofFunction)
        {
            PrivateFile.Delete(Args);
            PrivateFile.Delete(Reason);
        }
    }
}
