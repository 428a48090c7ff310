namespace Aios.Tests.BlackBox;

/// <summary><c>aios next</c> and <c>aios runs</c>.</summary>
public sealed class NextTests : IDisposable
{
    private readonly AiosHome _home = new(
        """
        - {name: hourly, type: cron, cron: '0 * * * *', timezone: UTC, command: ['true']}
        - {name: daily, type: daily, time: '09:00', timezone: UTC, command: ['true']}
        - {name: work, type: trigger, command: ['true']}
        - {name: wrong, type: trigger, command: ['false']}
        """
    );

    [RequiresFact]
    public void A_window_has_all_that_comes_in_it_in_order()
    {
        var rows = Next("--from", "2030-05-01T08:30Z", "--until", "2030-05-01T10:00Z");
        Assert.Equal(["2030-05-01T09:00:00Z hourly", "2030-05-01T09:00:00Z daily", "2030-05-01T10:00:00Z hourly"], rows);
        Assert.Equal(364 * 25 + 1, Next("--from", "2030-01-01T00:00Z", "--until", "2030-12-31T00:00Z").Count);
        Assert.Equal(1500, Next("--until", "365d", "-n", "1500").Count);
        Assert.Equal(2, Next("daily", "--from", "2030-05-01T09:00Z", "-n", "2").Count);
        Assert.Equal("2030-05-01T09:00:00Z daily", Next("daily", "--from", "2030-05-01T09:00Z", "-n", "1")[0]);
    }

    [RequiresFact]
    public void What_repeats_is_on_one_line()
    {
        var lines = Table("--from", "2030-05-01T00:00Z", "--until", "2030-05-31T00:00Z");
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"hourly +every 1 h, 721 times +2030-05-31 ", lines[1]);
        Assert.Matches(@"daily +every 1 d, 30 times +2030-05-30 ", lines[2]);

        // Three are read one by one, and so are those of which somebody wants a number.
        Assert.Equal(4, Table("daily", "--from", "2030-05-01T00:00Z", "--until", "2030-05-04T00:00Z").Length);
        Assert.Equal(21, Table("hourly", "--from", "2030-05-01T00:00Z", "-n", "20").Length);

        _home.WriteJobs(
            """
            - {name: often, type: interval, interval: 60s, command: ['true']}
            - {name: office, type: cron, cron: '*/5 9-16 * * *', timezone: UTC, command: ['true']}
            """
        );
        // From its first start on, which is at any second.
        Assert.Matches(
            "every 60 s, 1,4(39|40|41) times ",
            _home
                .Cli("next", "often", "--list", _home.In("Jobs"), "--from", "2030-05-01T00:00Z", "--until", "2030-05-02T00:00Z")
                .Exits(0)
                .Out
        );
        // Each day is a row of its own, for in the night there are none.
        Assert.Equal(
            ["every 5 min, 96 times", "every 5 min, 96 times"],
            Table("office", "--from", "2030-05-01T00:00Z", "--until", "2030-05-03T00:00Z")
                .Skip(1)
                .Select(line => System.Text.RegularExpressions.Regex.Match(line, "every .* times").Value)
        );

        string[] Table(params string[] arguments) =>
            [.. _home.Cli(["next", .. arguments]).Exits(0).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    [RequiresFact]
    public void A_list_that_is_not_in_force_is_tried_out()
    {
        var file = _home.In("new.yaml");
        File.WriteAllText(
            file,
            """
            - {name: often, type: interval, interval: 10m, command: ['true']}
            - {name: drawn, type: random_daily, after_time: '09:00', before_time: '10:00', timezone: UTC, command: ['true']}
            """
        );
        var rows = Next("--list", file, "--until", "1h", "often");
        Assert.Equal(7, rows.Count);
        Assert.Equal(" often", rows[0]);
        Assert.Single(Next("--list", file, "drawn", "-n", "1"), row => row.Length > 10);
        // Nothing of it has come into force, nor has the database been made.
        Assert.False(File.Exists(_home.Database));
        File.WriteAllText(file, "- {name: often, type: intervall}");
        Assert.Contains("interval", _home.Cli("next", "--list", file).Exits(2).Error, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void An_interval_goes_on_from_its_last_start()
    {
        _home.WriteJobs("[{name: every, type: interval, interval: 1h, command: ['true']}]");
        _home.Drain();
        var first = DateTimeOffset.Parse(Next("every", "-n", "1")[0].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        var later = first.AddDays(3).AddMinutes(-30);
        Assert.Equal(
            $"{first.AddDays(3).UtcDateTime:yyyy-MM-ddTHH:mm:ss}",
            Next("every", "-n", "1", "--from", later.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture))[0][
                ..19
            ]
        );
    }

    [RequiresFact]
    public void What_is_held_is_named_and_not_passed_over_in_silence()
    {
        _home.Drain();
        _home.Cli("pause", "daily").Exits(0);
        Assert.Contains("Not among them: daily, which is paused.", _home.Cli("next").Exits(0).Out, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void Runs_are_found_by_what_they_are()
    {
        foreach (var job in (string[])["work", "wrong", "work"])
            _home.Cli("trigger", job).Exits(0);
        _home.Drain();
        Assert.Equal(3, Runs().Count);
        Assert.Equal(["wrong"], Runs("--status", "failed"));
        Assert.Equal(["work", "work"], Runs("work"));
        Assert.Equal(["work"], Runs("work", "-n", "1"));
        Assert.Equal(["wrong"], Runs("--trigger", "2"));
        Assert.Empty(Runs("--until", "1h"));
        Assert.Equal(3, Runs("--since", "1h", "-n", "0").Count);
        Assert.Empty(Runs("--device", "elsewhere"));
        var one = _home.Cli("runs", "2").Exits(0).Out;
        Assert.Contains("exit status 1", one, StringComparison.Ordinal);
        Assert.Contains("aios logs 2", one, StringComparison.Ordinal);
        Assert.Equal(2, _home.Cli("runs", "2", "--json").Exits(0).Json.GetProperty("id").GetInt64());
    }

    public void Dispose() => _home.Dispose();

    private List<string> Next(params string[] arguments) =>
        [
            .. _home
                .Cli(["next", .. arguments, "--json"])
                .Exits(0)
                .Json.EnumerateArray()
                .Select(row => $"{row.GetProperty("at").GetString()} {row.GetProperty("job_name").GetString()}"),
        ];

    private List<string> Runs(params string[] arguments) =>
        [
            .. _home
                .Cli(["runs", .. arguments, "--json"])
                .Exits(0)
                .Json.EnumerateArray()
                .Select(row => row.GetProperty("job_name").GetString()!),
        ];
}
