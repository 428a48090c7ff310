using System.Buffers;
using System.Text;
using System.Text.Json;
using Aios.Running.Python;
using Aios.Running.Secrets;

namespace Aios.Running.Linux.Warm;

/// <summary>
/// A memory file that holds what to call, and afterwards what came of it: <c>R</c> and the result, or <c>F</c> and the
/// reason of a failure. No disk is touched. See serve_functions.py, which reads it.
/// </summary>
internal sealed class Mailbox : IRunExchange
{
    private const byte Result = (byte)'R';
    private const byte Failure = (byte)'F';

    private readonly string _resultPath;
    private bool _isClosed;

    private Mailbox(int fd, string resultPath)
    {
        Fd = fd;
        _resultPath = resultPath;
    }

    public int Fd { get; }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, string>> Environment => [new(RunFiles.ResultName, _resultPath)];

    /// <summary>Makes one with the request in it; null if the system has none to give.</summary>
    /// <param name="call">The request.</param>
    /// <param name="environment">What the child has already.</param>
    /// <param name="folder">The place of the file that a program may write its result to.</param>
    public static Mailbox? TryMake(FunctionCall call, IReadOnlyDictionary<string, string> environment, RunFolder folder)
    {
        var fd = LibC.memfd_create("aios", LibC.MFD_CLOEXEC);
        if (fd < 0)
        {
            return null;
        }

        // A program may still write its result there by itself, and hears of a failure itself.
        _ = folder.Ensure();
        var box = new Mailbox(fd, RunFiles.ResultPath(folder, call.Request));
        if (LinuxFile.WriteAll(fd, box.Request(call, environment)) == 0)
        {
            return box;
        }

        box.Close();
        return null;
    }

    /// <inheritdoc/>
    public RunReturn Take(SecretMask? mask)
    {
        if (_isClosed)
        {
            return new(null, null, null);
        }

        var content = LinuxFile.ReadOpen(Fd, ResultFile.MaxBytes + 1, out var problem);
        Close();
        string? reason = null;
        string? result = null;
        switch (content)
        {
            case [Result, .. var json]:
                result = ResultFile.Parse(json, mask, out problem);
                break;
            case null:
                break;
            default:
                // It returned nothing, failed, or was ended: there is only what it wrote itself.
                reason = content is [Failure, .. var line] ? ResultFile.ParseReason(line) : null;
                result = ResultFile.Read(_resultPath, mask, out problem);
                break;
        }

        PrivateFile.Delete(_resultPath);
        return new(result, problem, reason);
    }

    /// <summary>Throws it away.</summary>
    public void Close()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            _ = LibC.close(Fd);
        }
    }

    // Plain text between NULs, since a child shall have little to do with it.
    private ReadOnlySpan<byte> Request(FunctionCall call, IReadOnlyDictionary<string, string> environment)
    {
        var function = call.Function;
        var head = new StringBuilder(2048).AppendJoin(
            '\0',
            function.Programs,
            function.File,
            function.Name,
            call.Spec.WorkingDirectory,
            Limits(call.Spec.Limits),
            call.Spec.Stamp
        );
        foreach (var entry in Changes(call.Spec.Environment, environment))
        {
            head.Append('\0').Append(entry);
        }

        var text = head.Append("\0\0").Append(call.Request.ArgsJson).Append("\0\0").Append(call.Request.KwargsJson);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // The memory in which others see them is short, so those of AIOS come first, and long ones last.
    private List<string> Changes(IReadOnlyList<KeyValuePair<string, string>> wanted, IReadOnlyDictionary<string, string> there)
    {
        var changes = new List<string>(16) { $"{RunFiles.ResultName}={_resultPath}" };
        var same = 0;
        foreach (var (name, value) in wanted)
        {
            if (!there.TryGetValue(name, out var own) || own != value)
            {
                changes.Add($"{name}={value}");
            }

            same += own is null ? 0 : 1;
        }

        changes.Sort(static (one, other) => Rank(one).CompareTo(Rank(other)));
        if (same < there.Count)
        {
            changes.AddRange(there.Keys.Except(wanted.Select(pair => pair.Key)));
        }

        return changes;
    }

    private static int Rank(string entry) => entry.Length + (entry.StartsWith("AIOS_", StringComparison.Ordinal) ? 0 : 1 << 30);

    private static string Limits(StartLimits? limits)
    {
        if (limits is null or { IsEmpty: true })
        {
            return "{}";
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, limits);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, StartLimits limits)
    {
        json.WriteStartObject();
        if (limits.OpenFiles is { } files)
        {
            json.WriteNumber("files", files);
        }

        if (limits is { CpuSeconds: { } soft, CpuSecondsHard: { } hard })
        {
            json.WriteNumber("cpu", soft);
            json.WriteNumber("cpu_hard", hard);
        }

        if (limits.Nice is { } nice)
        {
            json.WriteNumber("nice", nice);
        }

        json.WriteStartArray("cgroups");
        foreach (var path in limits.CgroupProcs)
        {
            json.WriteStringValue(path);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
