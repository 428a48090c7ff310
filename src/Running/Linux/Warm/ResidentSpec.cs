using System.Collections.Immutable;
using System.Globalization;
using Aios.Running.Python;

namespace Aios.Running.Linux.Warm;

using Pair = KeyValuePair<string, string>;

/// <summary>Which resident a call needs, and how that is started.</summary>
internal static class ResidentSpec
{
    private const int RoomSize = 1024;
    private const string BindNow = "LD_BIND_NOW";

    private static long _lastRunId;

    private static readonly ImmutableArray<string> ActAtStart =
    [
        "PYTHON",
        "LD_",
        "LC_",
        "MALLOC_",
        "GLIBC_",
        "LANG",
        "TZ",
        "HOME",
        "PATH",
        "OPENSSL_",
    ];

    /// <summary>
    /// The same for calls that one resident can serve: what acts when an interpreter starts, or when modules are imported.
    /// </summary>
    public static string Key(FunctionCall call)
    {
        var function = call.Function;
        var variables = call.Request.Job.Env.Where(pair => ActsAtStart(function, pair.Key)).Select(pair => $"{pair.Key}={pair.Value}");
        return string.Join('\0', [function.Interpreter, string.Join(',', function.Preload), .. variables]);
    }

    /// <summary>Without anything of one run or one job.</summary>
    public static ProcessSpec Make(FunctionCall call, PythonScripts scripts)
    {
        // A negative id is no run's, and another for each: what one leaves behind can be ended without the others.
        var mark = new ProcessMark(call.Spec.Mark.Marker, Interlocked.Decrement(ref _lastRunId));
        _ = scripts.Path(PythonScripts.RunFunction);
        var function = call.Function;
        var job = call.Request.Job;
        var environment = new List<Pair>
        {
            new(ProcessMark.MarkerName, mark.Marker),
            // A child writes its own variables over the blanks, for others to see.
            new(ProcessMark.RunIdName, mark.RunId.ToString(CultureInfo.InvariantCulture).PadRight(RoomSize)),
        };

        // Symbols that are bound before the fork need not be bound in each child.
        if (!call.Spec.Environment.Any(pair => pair.Key == BindNow))
        {
            environment.Add(new(BindNow, "1"));
        }

        environment.AddRange(
            call.Spec.Environment.Where(pair =>
                !IsOfOneRun(pair.Key)
                && !(job.Models.IsAllowed && ModelVariables.Names.Contains(pair.Key))
                && (!job.Env.ContainsKey(pair.Key) || ActsAtStart(function, pair.Key))
            )
        );
        string[] argv =
        [
            function.Interpreter,
            "-B",
            scripts.Path(PythonScripts.ServeFunctions),
            function.Programs,
            string.Join(',', function.Preload),
            new(' ', RoomSize),
        ];
        return new(mark, function.Interpreter, argv, environment, call.Home);
    }

    private static bool IsOfOneRun(string name) =>
        name.StartsWith("AIOS_", StringComparison.Ordinal) || name is RunEnvironment.TraceName or RunEnvironment.FolderName;

    // A module may read any variable when it is imported.
    private static bool ActsAtStart(Launch.Function function, string name) =>
        !function.Preload.IsEmpty || ActAtStart.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
