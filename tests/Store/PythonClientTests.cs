using Aios.Store.Sqlite;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Store;

/// <summary>What Python programs import as <c>aios</c>, on a database without a daemon.</summary>
public sealed class PythonClientTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStoreConnection _queue;
    private readonly Sql _sql;
    private readonly long _run;

    public PythonClientTests()
    {
        _queue = SqliteStoreConnection.Open(_folder.File("orchestrator.db"));
        _sql = new Sql(_folder.File("orchestrator.db"));
        _run = _queue.Write(queue => queue.Runs.Begin(5, "job", 2, "here", "boot", Now));
    }

    private (string, string)[] InRun =>
        [
            ("AIOS_DB", _folder.File("orchestrator.db")),
            ("AIOS_HOME", _folder.Path),
            ("AIOS_JOB", "job"),
            ("AIOS_RUN_ID", $"{_run}"),
            ("AIOS_TRIGGER_ID", "5"),
            ("AIOS_ATTEMPT", "2"),
            ("AIOS_DEADLINE", "1790000000"),
            ("DEVICE_ID", "here"),
        ];

    [RequiresFact(Need.Python)]
    public void A_run_knows_itself()
    {
        const string source = """
            r = aios.run
            print(bool(r), r.id, r.trigger_id, r.job, r.attempt, r.device, r.deadline and r.deadline.isoformat(), r.home)
            """;
        Assert.Equal($"True {_run} 5 job 2 here 2026-09-21T14:13:20+00:00 {_folder.Path}", PythonByHand.Run(_folder.Path, source, InRun));
        Assert.Equal("False None None None None None None None", PythonByHand.Run(_folder.Path, source, ("DEVICE_ID", "")));
    }

    [RequiresTheory(Need.Python)]
    [InlineData("'s3cr3t value'", "***")]
    [InlineData("'a s3cr3t value and one'", "a *** and one")]
    [InlineData("['s3cr3t value', 1, None, True, 1.5]", "['***', 1, None, True, 1.5]")]
    [InlineData("{'a': {'b': ('x s3cr3t value',)}}", "{'a': {'b': ['x ***']}}")]
    [InlineData("{'s3cr3t value': 1}", "{'***': 1}")]
    [InlineData("987654321", "***")]
    [InlineData("'987654321!'", "***!")]
    [InlineData("'s3cr3t%20value s3cr3t+value'", "*** ***")]
    [InlineData("'from a file: line one|line two'", "from a file: ***|***")]
    [InlineData("'abc short'", "abc short")]
    public void What_is_kept_in_the_state_has_no_secrets(string value, string kept)
    {
        File.WriteAllText(_folder.File("key"), "line one\nline two\n");
        (string, string)[] secrets =
        [
            ("AIOS_SECRETS", """["KEY", "NUMBER", "SHORT", "MISSING", "file:key", "file:missing"]"""),
            ("KEY", "s3cr3t value"),
            ("NUMBER", "987654321"),
            ("SHORT", "abc"),
        ];

        Assert.Equal(
            $"{kept} {kept}",
            PythonByHand.Run(
                _folder.Path,
                $"""
                aios.state["x"] = {value}
                aios.state["key s3cr3t value"] = 1
                assert aios.state["key s3cr3t value"] == 1 and list(aios.state) == ["key ***", "x"], list(aios.state)
                print(aios.state["x"], end=" ")
                aios.state.update(x={value})
                print(aios.state["x"])
                """,
                [.. InRun, .. secrets]
            )
        );
        Assert.DoesNotContain("s3cr3t", _sql.Scalar<string>("SELECT group_concat(key || value) FROM state"), StringComparison.Ordinal);
    }

    [RequiresFact(Need.Python)]
    public void State_is_a_map_for_each_job()
    {
        Assert.Equal(
            "ok",
            PythonByHand.Run(
                _folder.Path,
                """
                s = aios.state
                assert dict(s) == {} and len(s) == 0 and not s and s.get('a', 5) == 5 and 'a' not in s
                s['a'] = {'x': [1, None, 'ü', True]}
                s['ü b'] = 1.5
                assert s == {'a': {'x': [1, None, 'ü', True]}, 'ü b': 1.5} and list(s) == ['a', 'ü b'] and 'a' in s
                assert s.of('other').get('a') is None and 'a' not in s.shared
                s.shared['a'] = 'all'
                s.of('other')['a'] = 'other'
                assert (s.shared['a'], s.of('other')['a'], s.of('job')['ü b']) == ('all', 'other', 1.5)
                assert s.setdefault('a', 3) == {'x': [1, None, 'ü', True]} and s.setdefault('new') is None and s['new'] is None
                assert s.pop('new') is None and s.pop('new', 7) == 7 and list(s.values())[1] == 1.5
                s.update({'p': 1}, q=2)
                assert s.add('p') == 2 and s.add('p', -4) == -2 and s.add('p', 0.5) == -1.5 and s.add('fresh', 3) == 3
                assert s.popitem()[0] == 'a'
                del s['p']
                for wrong in (lambda: s['p'], lambda: s.pop('p'), lambda: s.__delitem__('p')):
                    try: wrong()
                    except KeyError as e: assert e.args == ('p',)
                    else: assert False
                s.clear()
                assert list(s) == [] and s.shared['a'] == 'all'
                print('ok')
                """,
                InRun
            )
        );
        Assert.Equal(["other", "all"], _sql.Column("SELECT json_extract(value, '$') FROM state ORDER BY job_name DESC"));
        Assert.InRange(_sql.Scalar<double>("SELECT min(updated) FROM state"), AiosHome.Now() - 120, AiosHome.Now() + 1);
    }

    [RequiresTheory(Need.Python)]
    [InlineData("s['a'] = {1, 2}", "TypeError: the value of 'a' cannot be written as JSON: Object of type set is not JSON serializable")]
    [InlineData(
        "s['a'] = float('nan')",
        "ValueError: the value of 'a' cannot be written as JSON: Out of range float values are not JSON compliant"
    )]
    [InlineData("s['a'] = '\\ud800'", "ValueError: the value of 'a' cannot be written as JSON: 'utf-8' codec can't encode")]
    [InlineData(
        "s['a'] = 'x' * (1 << 20)",
        "ValueError: the value of 'a' is 1048578 bytes of JSON; a value of the state may have 1048576. Keep it in a file"
    )]
    [InlineData("s[1] = 1", "TypeError: a key of the state: found 1, expected a text")]
    [InlineData("s['x' * 1025] = 1", "ValueError: a key of the state may have 1024 bytes, not 1025")]
    [InlineData("s['a'] = 'text'; s.add('a')", "TypeError: the value of 'a' is 'text', not a number that could be added to")]
    [InlineData("s.of('')", "TypeError: job: found '', expected the name of a job")]
    [InlineData("aios.trigger('other', 1, {2})", "TypeError: args[1] cannot be written as JSON: Object of type set")]
    [InlineData("aios.trigger('other', a=b'')", "TypeError: kwargs['a'] cannot be written as JSON: Object of type bytes")]
    [InlineData("aios.trigger('other', delay=-1)", "ValueError: delay: found -1, expected none that lies in the past")]
    [InlineData("aios.trigger('other', delay='10m')", "TypeError: delay: found '10m', expected seconds or a timedelta")]
    [InlineData("aios.trigger('other', delay=float('nan'))", "TypeError: delay: found nan, expected seconds or a timedelta")]
    [InlineData("aios.trigger('other', delay=1, at=2)", "ValueError: expected delay or at, not both")]
    [InlineData(
        "aios.trigger('other', at=1764464122000)",
        "ValueError: at: found 1764464122000, expected a datetime or Unix seconds; it looks like milliseconds: divide it by 1000"
    )]
    [InlineData("aios.trigger('other', at=-1)", "ValueError: at: found -1, expected a datetime or Unix seconds")]
    [InlineData("aios.trigger('other', at=1e19)", "ValueError: at: found 1e+19, expected a datetime or Unix seconds")]
    [InlineData(
        "aios.trigger('other', delay=1764464122 * 10)",
        "ValueError: delay: found 17644641220 s, which is more than 100 years; an instant is given as at="
    )]
    [InlineData("aios.trigger('other', priority='high')", "TypeError: priority: found 'high', expected a whole number")]
    [InlineData("aios.signal('')", "TypeError: name: found '', expected the name of a signal")]
    [InlineData("aios.signal('paid', {2})", "TypeError: data cannot be written as JSON: Object of type set")]
    [InlineData("aios.signal('paid', flow='7')", "TypeError: flow: found '7', expected the number of a flow")]
    [InlineData("aios.trigger('')", "TypeError: job: found '', expected the name of a job")]
    [InlineData(
        "aios.log('a', level='LOUD')",
        "ValueError: level: found 'LOUD', expected one of CRITICAL, ERROR, WARNING, NOTICE, INFO, DEBUG"
    )]
    [InlineData("aios.progress('half')", "ValueError: could not convert string to float: 'half'")]
    [InlineData("aios.progress(float('nan'))", "ValueError: fraction: found nan, expected a number from 0 to 1")]
    public void What_makes_no_sense_is_a_clear_error(string line, string error)
    {
        using var python = PythonByHand.Start(_folder.Path, "s = aios.state\n" + line, InRun);
        var (status, _, said) = python.End();
        Assert.Equal(1, status);
        Assert.StartsWith(error, said.TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
        Assert.Equal(0, _sql.Scalar<long>("SELECT count(*) FROM triggers"));
    }

    [RequiresFact(Need.Python)]
    public void A_trigger_carries_what_it_was_given()
    {
        var output = PythonByHand.Run(
            _folder.Path,
            """
            from datetime import datetime, timedelta, timezone
            aios.trigger('plain')
            aios.trigger('full', 1, 'zwei', priority=3, dedup_key='once', kwargs={'delay': 5, 'a': 0}, a={'b': 'ü'})
            print(aios.trigger('again', dedup_key='once'))
            aios.trigger('late', delay=timedelta(hours=1))
            aios.trigger('late', delay=60)
            aios.trigger('at', at=datetime(2030, 1, 2, tzinfo=timezone.utc))
            print(aios.trigger('at', at=1893542400.5))
            """,
            InRun
        );
        Assert.Equal("2\n6", output);
        Assert.Equal(
            [
                "plain [] {}  -",
                """full [1, "zwei"] {"delay": 5, "a": {"b": "ü"}} 3 once""",
                "late [] {}  -",
                "late [] {}  -",
                "at [] {}  -",
                "at [] {}  -",
            ],
            _sql.Column(
                "SELECT job_name || ' ' || args || ' ' || kwargs || ' ' || coalesce(priority, '') || ' ' || coalesce(dedup_key, '-') FROM "
                    + "triggers ORDER BY id"
            )
        );
        Assert.Equal(
            ["-", "-", "3600", "60", "1893542400.0", "1893542400.5"],
            _sql.Column(
                "SELECT CASE WHEN run_at IS NULL THEN '-' WHEN job_name = 'late' THEN CAST(CAST(round(run_at - created) AS INTEGER) AS "
                    + "TEXT) ELSE CAST(run_at AS TEXT) END FROM triggers ORDER BY id"
            )
        );
        Assert.Equal(
            0,
            _sql.Scalar<long>("SELECT count(*) FROM triggers WHERE status <> 'queued' OR source <> 'insert' OR processed IS NOT NULL")
        );
    }

    [RequiresFact(Need.Python)]
    public void A_transaction_is_all_or_nothing()
    {
        Assert.Equal(
            "ok",
            PythonByHand.Run(
                _folder.Path,
                """
                import asyncio, os, threading
                try:
                    with aios.transaction():
                        aios.state['a'] = 1
                        aios.trigger('lost')
                        with aios.transaction():
                            aios.state['b'] = 1
                        raise RuntimeError('no')
                except RuntimeError as e:
                    assert str(e) == 'no'
                assert dict(aios.state) == {}
                with aios.transaction():
                    aios.state['a'] = aios.state.get('a', 10) + 1
                    aios.trigger('kept')
                    pid = os.fork()
                    if pid == 0:
                        os._exit(0 if aios._joined() is None else 1)
                    assert os.waitpid(pid, 0)[1] == 0
                    seen = []
                    other = threading.Thread(target=lambda: seen.append(dict(aios.state)))
                    other.start(), other.join()
                    assert seen == [{}], seen
                assert dict(aios.state) == {'a': 11}

                async def within():
                    with aios.transaction():
                        task = asyncio.ensure_future(later())
                        await asyncio.sleep(0)
                        aios.state['c'] = 1
                    return await task
                async def later():
                    await asyncio.sleep(0.05)
                    return aios.state['c']
                assert asyncio.run(within()) == 1
                print('ok')
                """,
                InRun
            )
        );
        Assert.Equal(["kept"], _sql.Column("SELECT job_name FROM triggers"));
    }

    [RequiresFact(Need.Python)]
    public void Lines_have_the_level_before_them_in_a_run_only()
    {
        const string source = "aios.log('one\\ntwo\\n', level='warning'); aios.log(3); aios.log('', 'ERROR')";
        using var inRun = PythonByHand.Start(_folder.Path, source, InRun);
        using var byHand = PythonByHand.Start(_folder.Path, source);
        Assert.Equal("<4>one\n<4>two\n<6>3\n<3>\n", inRun.End().Error);
        Assert.Equal("WARNING: one\nWARNING: two\nINFO: 3\nERROR: \n", byHand.End().Error);
    }

    [RequiresFact(Need.Python)]
    public void A_flood_of_progress_is_cheap_and_the_last_word_stays()
    {
        var output = PythonByHand.Run(
            _folder.Path,
            """
            import time
            began = time.process_time()
            for i in range(100000):
                aios.progress(i / 100000, 'step {}'.format(i))
            aios.progress(2, 'ü\ud800' + 'x' * 2000)
            print(time.process_time() - began)
            """,
            InRun
        );
        Assert.InRange(double.Parse(output, System.Globalization.CultureInfo.InvariantCulture), 0, 10);
        Assert.Equal(1.0, _sql.Scalar<double>("SELECT progress FROM runs"));
        Assert.Equal("ü?" + new string('x', 998), _sql.Scalar<string>("SELECT progress_text FROM runs"));
    }

    [RequiresFact(Need.Python)]
    public void The_last_progress_before_a_long_silence_is_seen()
    {
        using var python = PythonByHand.Start(
            _folder.Path,
            """
            import time
            aios.progress(0.1, 'first')
            aios.progress(0.2, 'second')
            aios.progress(0.3, 'now for something long')
            time.sleep(1000)
            """,
            InRun
        );
        Assert.True(
            SpinWait.SpinUntil(
                () => _sql.Scalar<string>("SELECT progress_text FROM runs") == "now for something long",
                TimeSpan.FromSeconds(30)
            )
        );
    }

    [RequiresFact(Need.Python)]
    public void A_held_lock_holds_up_no_progress_and_fails_no_run()
    {
        _sql.Do("BEGIN EXCLUSIVE");
        using var python = PythonByHand.Start(
            _folder.Path,
            """
            import time
            began = time.monotonic()
            for i in range(10): aios.progress(i / 10, 'step')
            print(time.monotonic() - began < 5, flush=True)
            aios.state['a'] = 1
            print('set', flush=True)
            """,
            InRun
        );
        var ended = Task.Run(python.End);
        Assert.False(ended.Wait(TimeSpan.FromSeconds(3)));
        _sql.Do("COMMIT");
        Assert.Equal((0, "True\nset\n", ""), ended.Result);
        Assert.Equal(("1", 0.9), (_sql.Scalar<string>("SELECT value FROM state"), _sql.Scalar<double>("SELECT progress FROM runs")));
    }

    [RequiresFact(Need.Python)]
    public void A_lock_that_is_never_let_go_is_an_error_that_names_the_file()
    {
        _sql.Do("BEGIN EXCLUSIVE");
        using var python = PythonByHand.Start(_folder.Path, "aios.PATIENCE = 0.2\naios.progress(0.5)\naios.trigger('a')", InRun);
        var (status, _, error) = python.End();
        _sql.Do("COMMIT");
        Assert.Equal(1, status);
        Assert.EndsWith(
            $"aios.Error: {_folder.File("orchestrator.db")} has been locked by others for 0.2 s\n",
            error,
            StringComparison.Ordinal
        );
    }

    [RequiresFact(Need.Python)]
    public void A_child_that_was_forked_in_the_midst_of_it_works_as_its_parent_does()
    {
        Assert.Equal(
            "ok",
            PythonByHand.Run(
                _folder.Path,
                """
                import os
                children = []
                for i in range(40):
                    aios.progress(i / 100, 'parent')
                    pid = os.fork()
                    if pid == 0:
                        aios.progress(0.5, 'child')
                        aios.state.add('count')
                        os._exit(0)
                    children.append(pid)
                    aios.state.add('count')
                assert all(os.waitpid(pid, 0)[1] == 0 for pid in children)
                assert aios.state['count'] == 80, aios.state['count']
                aios.progress(1, 'done')
                print('ok')
                """,
                InRun
            )
        );
        Assert.Equal("done", _sql.Scalar<string>("SELECT progress_text FROM runs"));
    }

    [RequiresFact(Need.Python)]
    public void By_hand_it_works_in_the_home_and_says_elsewhere_what_is_missing()
    {
        using var elsewhere = new TemporaryFolder();
        const string source = "aios.progress(0.4, 'text')\nprint(aios.trigger('job'))\naios.state.of('job')['a'] = 1";
        using var inHome = PythonByHand.Start(_folder.Path, source);
        Assert.Equal((0, "1\n", "progress: 40 % text\n"), inHome.End());
        Assert.Equal("2", PythonByHand.Run(elsewhere.Path, source, ("AIOS_DB", _folder.File("orchestrator.db"))));

        using var lost = PythonByHand.Start(elsewhere.Path, source);
        Assert.Contains(
            $"aios.Error: there is no database {elsewhere.File("orchestrator.db")}. Run this program as a job, or from the home",
            lost.End().Error,
            StringComparison.Ordinal
        );
        using var nobody = PythonByHand.Start(_folder.Path, "aios.state['a'] = 1");
        Assert.Contains(
            "aios.Error: aios.state is that of a job, and this is no run. Set the environment variable AIOS_JOB",
            nobody.End().Error,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere.Path));
    }

    [RequiresFact(Need.Python)]
    public void A_file_that_is_no_database_of_ours_is_said()
    {
        using var odd = new TemporaryFolder("odd %41?#ü");
        File.WriteAllText(odd.File("orchestrator.db"), "");
        using var empty = PythonByHand.Start(odd.Path, "aios.trigger('a')");
        Assert.Contains(
            "no such table: triggers; it has not been used by this version of AIOS yet. Start `aios` once",
            empty.End().Error,
            StringComparison.Ordinal
        );
        File.WriteAllText(odd.File("orchestrator.db"), new string('x', 5000));
        using var junk = PythonByHand.Start(odd.Path, "aios.trigger('a')");
        Assert.Contains(
            "aios.Error: " + odd.File("orchestrator.db") + ": file is not a database",
            junk.End().Error,
            StringComparison.Ordinal
        );
    }

    public void Dispose()
    {
        _queue.Dispose();
        _sql.Dispose();
        _folder.Dispose();
    }
}
