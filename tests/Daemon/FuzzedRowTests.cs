using System.Globalization;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Sqlite.Reading;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Tests.Daemon;

/// <summary>
/// Whatever other programs write into a row of <c>triggers</c> or <c>state</c>, ticks go on and each bad row has a reason.
/// </summary>
public sealed class FuzzedRowTests
{
    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20261130, 104729);

    private static readonly string[] Columns =
    [
        "job_name",
        "args",
        "kwargs",
        "created",
        "processed",
        "status",
        "reason",
        "note",
        "priority",
        "run_at",
        "dedup_key",
        "source",
        "occurrence",
        "attempt",
        "due",
        "traceparent",
        "parent_run_id",
    ];

    private static readonly Gen<object?> Texts = Gen.OneOf(
        Gen.Elements<object?>(
            "",
            " ",
            "work",
            "work\0x",
            "WORK",
            "RESTART_work",
            "RESTART_",
            "{}",
            "[]",
            "null",
            "true",
            "1e400",
            "-1e400",
            "NaN",
            "Infinity",
            "[NaN]",
            "{\"a\": Infinity}",
            "{\"a\": 1, \"a\": 2}",
            "{\"\\udce9\": \"\\udce9\"}",
            "{\"path\": \"\\udce9\"}",
            "[\"\\ud800\"]",
            "[\"\\udfff\", \"\\ud83d\\ude00\"]",
            "[\"a\\u0000b\"]",
            "{\"a\": \"\\u0000\"}",
            "\"\\ud800\"",
            "{\"a\": 123456789012345678901234567890}",
            "[1e999]",
            "{\"__proto__\": 1}",
            "{\"a\":1}\0",
            "\ufeff{}",
            "{'a': 1}",
            "{\"a\": 1,}",
            "[1 2]",
            "// {}",
            "queued",
            "waiting",
            "running",
            "succeeded",
            "always",
            "idle",
            "schedule",
            "catch_up",
            "api",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-zz",
            "tomorrow",
            "2026-12-24",
            "\u001b]52;c;AAAA\u0007",
            "\r\n",
            "\u202e",
            "🦄",
            "9223372036854775808",
            "0x10"
        ),
        Gen.Choose(1, 2000).Select(depth => (object?)(new string('[', depth) + new string(']', depth))),
        Gen.Choose(1, 70_000).Select(length => (object?)new string('x', length))
    );

    private static readonly Gen<object?> Numbers = Gen.Elements<object?>(
        0L,
        1L,
        -1L,
        long.MaxValue,
        long.MinValue,
        int.MaxValue + 1L,
        int.MinValue - 1L,
        1e308,
        -1e308,
        double.Epsilon,
        double.PositiveInfinity,
        double.NegativeInfinity,
        253402300800.0,
        -62135596801.0,
        1.5,
        1e18
    );

    private static readonly Gen<object?> Blobs = Gen.Elements<object?>(
        Array.Empty<byte>(),
        (byte[])[0],
        (byte[])[0xff, 0xfe],
        "work"u8.ToArray(),
        "{\"a\": 1}"u8.ToArray(),
        (byte[])[0x5b, 0x22, 0xe9, 0x22, 0x5d],
        (byte[])[0xc0, 0x80]
    );

    private static readonly Gen<object?> Any = Gen.OneOf(Texts, Numbers, Blobs, Gen.Constant<object?>(null));

    private static readonly Gen<(string Column, object? Value)[]> Rows =
        from count in Gen.Choose(1, 4)
        from cells in Gen.Elements(Columns).Zip(Any).ArrayOf(count)
        select cells.DistinctBy(cell => cell.Item1).ToArray();

    [Fact]
    public void No_row_of_triggers_stops_the_turns()
    {
        var withKwargs = DaemonRig.Job("work") with { KwargsJson = "{\"own\": 1}", Overlap = Overlap.Parallel, MaxParallel = int.MaxValue };
        using var rig = new DaemonRig(withKwargs, DaemonRig.Job("other") with { Overlap = Overlap.Parallel, MaxParallel = int.MaxValue });
        Check.One(Checks, Prop.ForAll(Rows.ListOf(20).ToArbitrary(), rows =>
            {
                foreach (var row in rows)
                    Insert(rig, "triggers", "job_name", "work", row);
                var good = rig.Sql.Trigger("other");
                for (var tick = 0; tick < 5 && rig.Trigger(good) == "queued"; tick++)
                    rig.Tick(int.MaxValue);
                Assert.Equal("running", rig.Trigger(good));
                // Whatever is over without having run says why.
                Assert.Empty(
                    rig.Sql.Column(
                        "SELECT id FROM triggers WHERE status = 'failed' AND coalesce(reason, '') = '' AND id NOT IN (SELECT trigger_id "
                            + "FROM runs) AND due IS NULL AND note IS NULL"
                    )
                );
                Assert.Empty(
                    rig.Sql.Column(
                        "SELECT id FROM triggers WHERE processed IS NULL AND status = 'running' AND id NOT IN (SELECT trigger_id FROM runs)"
                    )
                );
                using var reader = SqliteStoreReader.Open(rig.DatabasePath)!;
                Assert.NotEmpty(reader.TriggerPage(new RowFilter(), null, 100).Items);
                _ = reader.Runs(100);
            }));
    }

    [Fact]
    public void No_row_of_state_stops_those_who_read_it()
    {
        using var rig = new DaemonRig(DaemonRig.Job("work"));
        var columns = Gen.Elements("job_name", "key", "value", "updated")
            .Zip(Any)
            .ArrayOf(3)
            .Select(cells => cells.DistinctBy(cell => cell.Item1).ToArray());
        Check.One(Checks, Prop.ForAll(columns.ListOf(20).ToArbitrary(), rows =>
            {
                foreach (var row in rows)
                    Insert(rig, "state", "job_name", "work", [("key", "k"), ("value", "1"), ("updated", 1.0), .. row]);
                using var reader = SqliteStoreReader.Open(rig.DatabasePath)!;
                foreach (var entry in reader.State("work"))
                {
                    // As the API and `aios state list` write it.
                    var json = JsonText.Write(writer => Aios.Control.JsonForms.WriteStored(writer, entry.ValueJson));
                    using var parsed = System.Text.Json.JsonDocument.Parse(json, Aios.Platform.DeepJson.Options);
                }

                rig.Tick();
            }));
    }

    [Theory]
    [InlineData("{\"path\": \"\\udce9\"}", "{\"own\":1,\"path\":\"\\udce9\"}")]
    [InlineData("{\"\\udce9\": 1, \"own\": 2}", "{\"\\udce9\":1,\"own\":2}")]
    [InlineData("{\"own\": 1e999}", "{\"own\":1e999}")]
    [InlineData("{\"a\": 12345678901234567890123}", "{\"own\":1,\"a\":12345678901234567890123}")]
    [InlineData("null", "{\"own\": 1}")]
    [InlineData(" { } ", "{\"own\":1}")]
    public void Arguments_reach_the_run_as_they_stand(string kwargs, string expected)
    {
        using var rig = new DaemonRig(DaemonRig.Job("work") with { KwargsJson = "{\"own\": 1}" });
        rig.Sql.Trigger("work", kwargs: kwargs);
        var merged = rig.Tick().Single().Request.KwargsJson;
        Assert.Equal(expected.Replace(" ", "", StringComparison.Ordinal), merged.Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("args", "nested deeper than 1000 levels", 1500, '[', ']')]
    [InlineData("kwargs", "not JSON", 1500, '[', '}')]
    public void What_is_too_deep_is_called_so(string column, string words, int depth, char open, char close)
    {
        using var rig = new DaemonRig(DaemonRig.Job("work"));
        rig.Sql.Do(
            $"INSERT INTO triggers (job_name, {column}) VALUES ('work', ?1)",
            new string(open, depth == 1500 && close == '}' ? 3 : depth) + new string(close, depth)
        );
        rig.Tick();
        Assert.StartsWith($"failed: {column}: {words}; expected", rig.Trigger(1), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("job_name", 2000, "job_name: 2000 bytes; expected at most 1024")]
    [InlineData("args", 20_000_000, "args: 20000000 bytes; expected at most 16777216")]
    [InlineData("kwargs", 20_000_000, "kwargs: 20000000 bytes; expected at most 16777216")]
    [InlineData("dedup_key", 2000, "dedup_key: 2000 bytes; expected at most 1024")]
    [InlineData("source", 2000, "source: 2000 bytes; expected at most 1024")]
    [InlineData("traceparent", 2000, "traceparent: 2000 bytes; expected at most 1024")]
    [InlineData("note", 70_000, "note: 70000 bytes; expected at most 65536")]
    public void A_column_beyond_its_bound_is_refused_and_copied_nowhere(string column, int bytes, string reason)
    {
        using var rig = new DaemonRig(DaemonRig.Job("work"));
        rig.Sql.Do(
            $"INSERT INTO triggers ({(column == "job_name" ? "" : "job_name, ")}{column}) VALUES "
                + $"({(column == "job_name" ? "" : "'work', ")}?1)",
            new string('x', bytes)
        );
        Assert.Empty(rig.Tick());
        Assert.Equal($"failed: {reason}", rig.Trigger(1));
        Assert.True(rig.Sql.Scalar<long>("SELECT max(length(coalesce(job_name, '')) + length(coalesce(reason, ''))) FROM events") < 5000);
    }

    [Theory]
    [InlineData("wo\0rk")]
    [InlineData("work\0")]
    public void A_name_with_a_NUL_is_no_other_job_and_no_endless_turn(string name)
    {
        using var rig = new DaemonRig(DaemonRig.Job("work"));
        rig.Sql.Do("INSERT INTO triggers (job_name) VALUES (CAST(?1 AS TEXT))", name);
        Assert.Empty(rig.Tick());
        Assert.Equal("failed: job_name: holds a NUL character; expected the name of a job", rig.Trigger(1));
    }

    [Fact]
    public void Names_that_are_not_UTF8_make_no_endless_turn()
    {
        using var rig = new DaemonRig(DaemonRig.Job("work"));
        rig.Sql.Do(
            "INSERT INTO triggers (job_name, status, reason) VALUES (CAST(x'776fff726b' AS TEXT), 'waiting', 'x'), (CAST(x'80' AS TEXT), "
                + "'waiting', 'y'), ('work', 'queued', NULL)"
        );
        Assert.Equal("work", rig.Tick().Single().Request.Job.Name);
        rig.UseList(DaemonRig.Job("work"));
        rig.Tick();
    }

    private static void Insert(
        DaemonRig rig,
        string table,
        string nameColumn,
        string name,
        IReadOnlyList<(string Column, object? Value)> cells
    )
    {
        var all = cells.Any(cell => cell.Column == nameColumn)
            ? cells.Reverse().DistinctBy(cell => cell.Column).ToList()
            : [(nameColumn, name), .. cells.Reverse().DistinctBy(cell => cell.Column)];
        var places = string.Join(", ", all.Select((_, number) => string.Create(CultureInfo.InvariantCulture, $"?{number + 1}")));
        rig.Sql.Do(
            $"INSERT OR IGNORE INTO {table} ({string.Join(", ", all.Select(cell => cell.Column))}) VALUES ({places})",
            [.. all.Select(cell => cell.Value)]
        );
    }
}
