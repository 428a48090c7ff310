using System.Text;
using System.Text.Json;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Running.Secrets;

/// <summary>Reads the values that a job names as secret, at the start of a run, so that a changed file counts at once.</summary>
internal static class SecretSources
{
    /// <summary>Tells a program where its secrets are, so that what it writes by way of AIOS is masked, too.</summary>
    public const string Variable = "AIOS_SECRETS";

    // A key, a certificate, a small credentials file; of anything larger each line would be looked for in each line.
    private const int MaxFileBytes = 64 * 1024;

    /// <summary>What is to be masked, or null.</summary>
    /// <param name="job">Names the sources.</param>
    /// <param name="environment">The value of a variable of the run, or null.</param>
    /// <param name="home">What files are relative to.</param>
    /// <param name="warn">Takes a sentence for each source that there is nothing to mask of.</param>
    public static SecretMask? Read(Job job, Func<string, string?> environment, string home, Action<string> warn)
    {
        if (job.Secrets.IsEmpty)
        {
            return null;
        }

        var forms = new List<byte[]>();
        foreach (var source in job.Secrets)
        {
            if (ValueOf(source, environment, home, out var problem) is { } value)
            {
                forms.AddRange(SecretForms.Of(value));
            }
            else
            {
                warn($"secrets: nothing is masked for \"{source}\": {problem}.");
            }
        }

        return forms.Count == 0 ? null : new(forms.DistinctBy(Convert.ToHexString));
    }

    /// <summary>The sources of a job as <see cref="Variable"/> has them: names, no values.</summary>
    public static string Write(Job job) =>
        JsonText.Write(json =>
        {
            json.WriteStartArray();
            foreach (var source in job.Secrets)
                json.WriteStringValue(source);
            json.WriteEndArray();
        });

    /// <summary>What is to be masked in the run that this process is part of, or null.</summary>
    public static SecretMask? OfThisRun()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } sources)
            return null;
        try
        {
            using var parsed = JsonDocument.Parse(sources);
            var job = new Job { Name = "", Secrets = [.. parsed.RootElement.EnumerateArray().Select(source => source.GetString()!)] };
            return Read(job, Environment.GetEnvironmentVariable, Environment.GetEnvironmentVariable("AIOS_HOME") ?? ".", static _ => { });
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? ValueOf(string source, Func<string, string?> environment, string home, out string? problem)
    {
        var value = SecretSource.FileOf(source) is { } file
            ? Content(Path.Combine(home, file), out problem)
            : OfVariable(source, environment, out problem);
        if (value is null || value.Trim().Length >= SecretMask.Shortest)
        {
            return value;
        }

        problem =
            value.Length == 0
                ? "it is empty"
                : $"its value has fewer than {SecretMask.Shortest} characters, and masking it would hide half the log";
        return null;
    }

    private static string? OfVariable(string name, Func<string, string?> environment, out string? problem)
    {
        var value = environment(name);
        problem = value is null ? "there is no such variable in the environment of the run" : null;
        return value;
    }

    private static string? Content(string path, out string? problem)
    {
        try
        {
            problem = Refusal(path);
            return problem is null ? WithoutLastNewline(File.ReadAllText(path, Encoding.UTF8)) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            problem = error.Message.TrimEnd('.');
            return null;
        }
    }

    private static string? Refusal(string path)
    {
        if (!File.Exists(path))
        {
            return $"there is no file {path}";
        }

        if (FileIdentity.IsSpecial(path))
        {
            return $"{path} is not a file";
        }

        var length = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is FileInfo target
            ? target.Length
            : new FileInfo(path).Length;
        return length > MaxFileBytes ? $"{path} has {length} bytes, and a secret may have {MaxFileBytes} at most" : null;
    }

    private static string WithoutLastNewline(string text)
    {
        if (!text.EndsWith('\n'))
        {
            return text;
        }

        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text[..^1];
    }
}
