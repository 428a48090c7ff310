using System.ComponentModel;
using System.Diagnostics;

namespace Aios.Import;

/// <summary>A program of the other system that knows what no file says.</summary>
internal static class ForeignTool
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>What it prints; null if it is not installed.</summary>
    /// <exception cref="ImportException">It failed, or did not end.</exception>
    public static string? Ask(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    RedirectStandardInput = true,
                }
            )!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (process.WaitForExit(Longest) && Task.WaitAll([output, error], Longest))
            {
                return process.ExitCode == 0
                    ? output.Result
                    : throw new ImportException(
                        $"{program} {arguments[0]} failed: {LastLine(error.Result).TrimEnd('.')}. A file can be named behind "
                            + $"--from instead."
                    );
            }

            process.Kill();
            throw new ImportException($"{program} {arguments[0]} has not ended within {Longest.TotalSeconds:0} s.");
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "without a word";
}
