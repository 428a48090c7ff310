using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aios.Tests.BlackBox;

/// <summary>Who gets in, and who does not.</summary>
public class ApiAccessTests
{
    private const string Jobs = """- {name: hello, type: trigger, command: ["true"]}""";

    [RequiresFact]
    public void The_user_who_runs_the_daemon_needs_no_key()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        var me = api.Get("whoami").Expect(200);
        Assert.Equal("local user", me["name"].GetString());
        Assert.Equal("admin", me["role"].GetString());
    }

    [RequiresFact(Need.OtherUser)]
    public void Another_user_of_the_machine_needs_a_key()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        var url = new Uri(api.Address, "api/v1/whoami");
        Assert.Equal("401", AsNobody($"curl -s -o /dev/null -w '%{{http_code}}' {url}"));
        var key = home.Cli("keys", "add", "colleague").Out.Trim();
        Assert.Equal("200", AsNobody($"curl -s -o /dev/null -w '%{{http_code}}' -H 'Authorization: Bearer {key}' {url}"));
        Assert.Equal("", AsNobody($"cat {home.In(".aios", "api-key")} 2>/dev/null"));
        api.Get("whoami", ("Authorization", $"Bearer {File.ReadAllText(home.In(".aios", "api-key")).Trim()}")).Expect(200);
    }

    [RequiresFact]
    public void A_key_is_made_listed_and_revoked()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        var key = home.Cli("keys", "add", "deploy", "--role", "operator", "--expires", "1h").Out.Trim();
        var with = ("Authorization", $"Bearer {key}");
        Assert.Equal("key deploy", api.Get("whoami", with).Expect(200)["name"].GetString());
        Assert.Equal("key deploy", api.Get("whoami", ("X-API-Key", key)).Expect(200)["name"].GetString());
        Assert.DoesNotContain(key, File.ReadAllText(home.Database, System.Text.Encoding.Latin1), StringComparison.Ordinal);
        Assert.Equal(2, home.Cli("keys", "add", "deploy").Status);
        Assert.Equal("operator", home.Cli("keys", "list", "--json").Json[0].GetProperty("role").GetString());

        Assert.Equal(0, home.Cli("keys", "revoke", "deploy").Status);
        home.WaitFor(() => api.Get("whoami", with).Status == 401, "the key opens nothing any more");
        Assert.Equal(2, home.Cli("keys", "revoke", "deploy").Status);
    }

    [RequiresFact]
    public void A_web_page_can_do_nothing()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        var port = api.Address.Port;
        (string, string)[][] pages =
        [
            [("Origin", "https://evil.example")],
            [("Origin", "null")],
            [("Origin", "http://localhost:8765")],
            [("Origin", $"http://127.0.0.1:{port}.evil.example")],
            [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")],
            [("Sec-Fetch-Site", "same-site")],
            [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe")],
        ];
        foreach (var page in pages)
        {
            Assert.Equal(403, api.Post("jobs/hello/trigger", "{}", page).Status);
            Assert.Equal(403, api.Get("jobs", page).Status);
        }

        Assert.Equal(
            403,
            api.Post(
                "jobs/hello/pause",
                null,
                ("Sec-Fetch-Site", "cross-site"),
                ("Sec-Fetch-Mode", "navigate"),
                ("Sec-Fetch-Dest", "document")
            ).Status
        );
        // DNS rebinding: the page's own name leads here.
        Assert.Equal(
            421,
            api.Post("jobs/hello/trigger", "{}", ("Host", $"evil.example:{port}"), ("Origin", $"http://evil.example:{port}")).Status
        );
        Assert.Contains(
            "415",
            api.Raw(
                $"POST /api/v1/jobs/hello/trigger HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
                    + $"2\r\nConnection: close\r\n\r\n{{}}"
            ),
            StringComparison.Ordinal
        );
        Assert.Equal(0, home.Get<int>("SELECT count(*) FROM triggers"));
        // A page of its own may.
        api.Post("jobs/hello/trigger", "{}", ("Origin", $"http://127.0.0.1:{port}"), ("Sec-Fetch-Site", "same-origin")).Expect(201);
    }

    [RequiresFact]
    public void Each_answer_has_the_headers_that_keep_browsers_in_bounds()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        foreach (var path in (string[])["jobs", "nothing", "/openapi.json"])
        {
            var headers = api.Get(path).Headers;
            Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
            Assert.Equal("DENY", headers["X-Frame-Options"]);
            Assert.Equal("same-origin", headers["Cross-Origin-Resource-Policy"]);
            Assert.Contains("default-src 'none'", headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.False(headers.ContainsKey("Server"));
            Assert.False(headers.ContainsKey("Access-Control-Allow-Origin"));
        }
    }

    [RequiresFact]
    public void Where_others_can_reach_it_it_does_not_start_without_a_key()
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Launch([], "--listen", "0.0.0.0:0");
        Assert.Equal(2, daemon.WaitForExit());
        Assert.Contains("there is no key", daemon.Output, StringComparison.Ordinal);
        Assert.Contains("aios keys add", daemon.Output, StringComparison.Ordinal);

        Assert.Equal(0, home.Cli("keys", "add", "somebody").Status);
        ApiClient.Of(home.Start("--listen", "0.0.0.0:0")).Dispose();
    }

    [RequiresFact]
    public void A_port_that_is_taken_is_told_and_all_else_goes_on()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var home = new AiosHome(Jobs);
        var daemon = home.Start("--listen", $"127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        daemon.WaitForOutput("The API is not served at");
        Assert.Equal("succeeded", home.Closed(home.Insert("hello")).Status);
    }

    [RequiresFact]
    public void Keys_guessed_in_bulk_are_slowed_down_and_the_right_one_still_opens()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        var key = home.Cli("keys", "add", "deploy").Out.Trim();
        var answers = Enumerable.Range(0, 200).Select(i => api.Get("whoami", ("Authorization", $"Bearer aios_{i:000}"))).ToList();
        Assert.All(answers, answer => Assert.True(answer.Status is 401 or 429));
        Assert.Contains(answers, answer => answer.Status == 429 && answer.Headers.ContainsKey("Retry-After"));
        Assert.Equal("Bearer", answers[0].Headers["WWW-Authenticate"]);
        api.Get("whoami", ("Authorization", $"Bearer {key}")).Expect(200);
    }

    [RequiresFact]
    public void Who_asks_too_often_has_to_wait()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home, [("AIOS_RATE_LIMIT", "1")]);
        var key = home.Cli("keys", "add", "busy").Out.Trim();
        var answers = Enumerable.Range(0, 40).Select(_ => api.Get("whoami", ("Authorization", $"Bearer {key}")).Status).ToList();
        Assert.Contains(429, answers);
        Assert.Equal(200, answers[0]);
        api.Get("whoami").Expect(200);
    }

    [RequiresFact]
    public void Tls_is_spoken_with_a_certificate_from_files()
    {
        using var home = new AiosHome(Jobs);
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllText(home.In("cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(home.In("key.pem"), rsa.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(home.In("aios.yaml"), "tls_cert: cert.pem\ntls_key: key.pem\n");
        using var found = ApiClient.Start(home);
        Assert.Equal("https", found.Address.Scheme);

        using var client = new HttpClient(
            new SocketsHttpHandler
            {
                SslOptions = new()
                {
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString(),
                },
            }
        );
        using var answer = client.Send(new HttpRequestMessage(HttpMethod.Get, new Uri(found.Address, "api/v1/jobs")));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("200 OK", found.Raw("GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n"), StringComparison.Ordinal);
    }

    private static string AsNobody(string command)
    {
        using var process = Process.Start(
            new ProcessStartInfo("su", ["nobody", "-s", "/bin/sh", "-c", command]) { RedirectStandardOutput = true }
        )!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
