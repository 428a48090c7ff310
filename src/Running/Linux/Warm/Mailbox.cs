using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Aios.Running.Python;

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
    public static Mailbox? TryMake(FunctionCall call, RunFolder folder)
    {
        var fd = LibC.memfd_create("aios", LibC.MFD_CLOEXEC);
        if (fd < 0)
        {
            return null;
        }

        // A program may still write its result there by itself.
        folder.Ensure();
        var box = new Mailbox(fd, RunFiles.ResultPath(folder, call.Request));
        PrivateFile.Delete(box._resultPath);
        if (LinuxFile.WriteAll(fd, box.Request(call)) == 0)
        {
            return box;
        }

        box.Close();
        return null;
    }

    /// <inheritdoc/>
    public RunReturn Take()
    {
        if (_isClosed)
        {
            return new(null, null, null);
        }

        var content = LinuxFile.ReadOpen(Fd, ResultFile.MaxBytes + 1, out var problem);
        Close();
        if (content is [Failure, .. var line])
        {
            PrivateFile.Delete(_resultPath);
            return new(null, null, ResultFile.ParseReason(line));
        }

        var result = content switch
        {
            [Result, ..] => ResultFile.Parse(content.AsSpan(1), out problem),
            null => null,
            _ => ResultFile.Read(_resultPath, out problem),
        };
        PrivateFile.Delete(_resultPath);
        return new(result, problem, null);
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

    private ReadOnlySpan<byte> Request(FunctionCall call)
    {
        var buffer = new ArrayBufferWriter<byte>(8192);
        var args = Encoding.UTF8.GetByteCount(call.Request.ArgsJson);
        buffer.Advance(Clear(buffer, sizeof(uint)));
        using (var json = new Utf8JsonWriter(buffer))
        {
            WriteHeader(json, call, args);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(MemoryMarshal.AsMemory(buffer.WrittenMemory).Span, (uint)(buffer.WrittenCount - sizeof(uint)));
        _ = Encoding.UTF8.GetBytes(call.Request.ArgsJson, buffer);
        _ = Encoding.UTF8.GetBytes(call.Request.KwargsJson, buffer);
        return buffer.WrittenSpan;
    }

    private static int Clear(ArrayBufferWriter<byte> buffer, int count)
    {
        buffer.GetSpan(count)[..count].Clear();
        return count;
    }

    private void WriteHeader(Utf8JsonWriter json, FunctionCall call, int args)
    {
        json.WriteStartObject();
        json.WriteNumber("args", args);
        json.WriteString("programs", call.Function.Programs);
        json.WriteString("file", call.Function.File);
        json.WriteString("function", call.Function.Name);
        json.WriteString("folder", call.Spec.WorkingDirectory);
        json.WriteStartObject("environment");
        foreach (var (name, value) in call.Spec.Environment)
        {
            json.WriteString(name, value);
        }

        json.WriteString(RunFiles.ResultName, _resultPath);
        json.WriteEndObject();
        WriteLimits(json, call.Spec.Limits);
        json.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter json, StartLimits? limits)
    {
        if (limits is null or { IsEmpty: true })
        {
            return;
        }

        json.WriteStartObject("limits");
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
