using System.Diagnostics;
using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>What a verb answered.</summary>
internal sealed record CliResult(int Status, string Out, string Error)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Runs it to its end.</summary>
    public static CliResult Of(string folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        Of(AiosProcess.StartInfo(folder, arguments, environment));

    /// <summary>As above, started in a way of the caller's own.</summary>
    public static CliResult Of(ProcessStartInfo start, TimeSpan? longest = null)
    {
        var limit = longest ?? Longest;
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (process.WaitForExit(limit) && Task.WaitAll([output, error], limit))
            return new CliResult(process.ExitCode, output.Result, error.Result);
        process.Kill();
        throw new TimeoutException($"{start.FileName} {string.Join(' ', start.ArgumentList)} has not ended within {limit.TotalSeconds} s.");
    }

    /// <summary>Its output, which must be one JSON value.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Out);
            return document.RootElement.Clone();
        }
    }

    /// <summary>Asserts its exit status.</summary>
    public CliResult Exits(int status)
    {
        Assert.True(Status == status, $"exit status {Status} instead of {status}\n{Out}\n{Error}");
        return this;
    }
}
