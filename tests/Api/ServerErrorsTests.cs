using System.Text;
using System.Text.Json;
using Aios.Api.Serving;

namespace Aios.Tests.Api;

public class ServerErrorsTests
{
    [Theory]
    [InlineData(400)]
    [InlineData(405)]
    [InlineData(408)]
    [InlineData(411)]
    [InlineData(413)]
    [InlineData(414)]
    [InlineData(431)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(505)]
    public void An_error_without_a_body_gets_one_of_the_right_length(int status)
    {
        var answer = Encoding
            .UTF8.GetString(
                ServerErrors.WithBody(
                    Encoding.ASCII.GetBytes(
                        $"HTTP/1.1 {status} Some Words\r\nContent-Length: 0\r\nConnection: close\r\nDate: today\r\n\r\n"
                    )
                )!
            )
            .Split("\r\n\r\n", 2);
        Assert.StartsWith($"HTTP/1.1 {status} Some Words\r\n", answer[0], StringComparison.Ordinal);
        Assert.Contains($"Content-Length: {Encoding.UTF8.GetByteCount(answer[1])}\r\n", answer[0], StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer[0], StringComparison.Ordinal);
        Assert.Equal(status, JsonDocument.Parse(answer[1]).RootElement.GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n{}")]
    [InlineData("HTTP/1.1 4xx\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("HTTP")]
    [InlineData("")]
    public void Nothing_else_is_changed(string answer) => Assert.Null(ServerErrors.WithBody(Encoding.ASCII.GetBytes(answer)));
}
