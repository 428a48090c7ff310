using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Aios.Api.Routes;
using Microsoft.AspNetCore.Connections;

namespace Aios.Api.Serving;

/// <summary>
/// The server itself refuses what is not HTTP before any code of ours sees it, and answers with a status alone. Here such
/// an answer gets the body that all others have. Answers of ours always have a body where their status is an error, so an
/// error without one is the server's.
/// </summary>
internal static class ServerErrors
{
    private const string NoBody = "\r\nContent-Length: 0\r\n";
    private const int LongestHead = 4096;

    /// <summary>Around what is inside of TLS.</summary>
    public static ConnectionDelegate Around(ConnectionDelegate next) =>
        async connection =>
        {
            var outside = connection.Transport;
            connection.Transport = new Transport(outside.Input, new Output(outside.Output, connection.Features.Get<OpenConnection>()));
            try
            {
                await next(connection).ConfigureAwait(false);
            }
            finally
            {
                connection.Transport = outside;
            }
        };

    /// <summary>The answer with a body; null if it is none of the server's errors.</summary>
    public static byte[]? WithBody(ReadOnlySpan<byte> answer)
    {
        if (answer.Length > LongestHead || !answer.StartsWith("HTTP/1.1 "u8) || !answer.EndsWith("\r\n\r\n"u8))
            return null;
        var head = Encoding.Latin1.GetString(answer);
        if (
            !int.TryParse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            || status < 400
            || !head.Contains(NoBody, StringComparison.OrdinalIgnoreCase)
        )
            return null;
        var reply = Reply.Of(ProblemOf(status));
        var headers = string.Create(
            CultureInfo.InvariantCulture,
            $"\r\nContent-Length: {reply.Body.Length}\r\nContent-Type: {reply.MediaType}\r\nX-Content-Type-Options: "
                + $"nosniff\r\nCache-Control: no-store\r\n"
        );
        return [.. Encoding.Latin1.GetBytes(head.Replace(NoBody, headers, StringComparison.OrdinalIgnoreCase)), .. reply.Body.Span];
    }

    private static Problem ProblemOf(int status) =>
        status switch
        {
            408 => new Problem(
                status,
                "too-slow",
                "The request took too long",
                "The request line and the headers were not there within 10 s."
            ),
            411 => new Problem(
                status,
                "malformed",
                "The request cannot be read",
                "A body needs the header Content-Length, or Transfer-Encoding: chunked."
            ),
            413 => new Problem(
                status,
                "too-large",
                "The request is too large",
                $"Expected a body of at most {ApiRoutes.LargestBody} bytes."
            ),
            414 or 431 => new Problem(
                status,
                "too-large",
                "The request is too large",
                "Expected an address of at most 8 KiB, and at most 64 headers of 16 KiB in all."
            ),
            505 => new Problem(status, "malformed", "The request cannot be read", "Expected HTTP/1.1."),
            >= 500 => new Problem(
                status,
                "internal",
                "An error of AIOS",
                "The request could not be done because of an error in AIOS itself."
            ),
            _ => new Problem(
                status,
                "malformed",
                "The request cannot be read",
                "This is not an HTTP/1.1 request: look at the request line, the header Host, the other headers, and the lengths of the "
                    + "body and its chunks."
            ),
        };

    private sealed class Transport(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }

    // While a request of ours is answered, all passes as it is, without being copied.
    private sealed class Output(PipeWriter inner, OpenConnection? connection) : PipeWriter
    {
        private readonly ArrayBufferWriter<byte> _kept = new();
        private bool _isKeeping;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes + _kept.WrittenCount;

        public override Memory<byte> GetMemory(int sizeHint = 0) => Choose() ? _kept.GetMemory(sizeHint) : inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => Choose() ? _kept.GetSpan(sizeHint) : inner.GetSpan(sizeHint);

        public override void Advance(int bytes)
        {
            if (_isKeeping)
                _kept.Advance(bytes);
            else
                inner.Advance(bytes);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            Pass();
            return inner.FlushAsync(cancellationToken);
        }

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null)
        {
            Pass();
            inner.Complete(exception);
        }

        public override ValueTask CompleteAsync(Exception? exception = null)
        {
            Pass();
            return inner.CompleteAsync(exception);
        }

        private bool Choose()
        {
            _isKeeping = connection is { IsAnswering: false };
            if (!_isKeeping)
                Pass();
            return _isKeeping;
        }

        private void Pass()
        {
            if (_kept.WrittenCount == 0)
                return;
            inner.Write(WithBody(_kept.WrittenSpan) ?? _kept.WrittenSpan);
            _kept.ResetWrittenCount();
        }
    }
}
