using System.Net;
using System.Net.Sockets;
using Aios.Models.Calls;
using Aios.Models.Configuration;

namespace Aios.Tests.Models;

/// <summary>The client of local providers opens no connection to any other address, whatever the settings say.</summary>
public sealed class LocalCallTests : IDisposable
{
    private readonly ProviderClients _clients = new();

    [Theory]
    [InlineData("http://203.0.113.7:9")]
    [InlineData("http://[2001:db8::1]:9")]
    public async Task An_address_of_elsewhere_is_refused_before_anything_is_sent(string url)
    {
        var (answer, failure) = await Send(url, TimeSpan.FromMinutes(1));
        Assert.Null(answer);
        Assert.Equal(FailureKind.Connection, failure!.Kind);
        Assert.Contains("is not an address of this machine or its network", failure.Reason, StringComparison.Ordinal);
        Assert.False(failure.MayBeBilled);
    }

    [Fact]
    public async Task A_redirect_to_elsewhere_is_not_followed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Serve(listener, "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://203.0.113.7/\r\nContent-Length: 0\r\n\r\n");
        var (_, failure) = await Send($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", TimeSpan.FromMinutes(1));
        await serving;
        Assert.Equal(FailureKind.BadAnswer, failure!.Kind);
        Assert.Equal(307, failure.Status);
    }

    [Fact]
    public async Task What_was_not_reached_is_not_billed_and_what_fell_silent_may_be()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var (_, silent) = await Send($"http://127.0.0.1:{port}", TimeSpan.FromMilliseconds(200));
        Assert.Equal((FailureKind.Timeout, true), (silent!.Kind, silent.MayBeBilled));
        listener.Stop();
        var (_, unreached) = await Send($"http://127.0.0.1:{port}", TimeSpan.FromMinutes(1));
        Assert.Equal((FailureKind.Connection, false), (unreached!.Kind, unreached.MayBeBilled));
    }

    public void Dispose() => _clients.Dispose();

    private async Task<(HttpResponseMessage? Answer, AttemptFailure? Failure)> Send(string url, TimeSpan timeout)
    {
        var provider = new ModelProvider
        {
            Name = "p",
            Kind = ProviderKind.OpenAi,
            Url = url,
            Where = ProviderPlace.Local,
            Timeout = timeout,
        };
        using var request = ProviderSender.RequestOf(new Uri(url), "{}"u8.ToArray(), []);
        return await new ProviderSender(_clients, TimeProvider.System).Send(provider, request, TestContext.Current.CancellationToken);
    }

    private static async Task Serve(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var buffer = new byte[4096];
        _ = await client.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
    }
}
