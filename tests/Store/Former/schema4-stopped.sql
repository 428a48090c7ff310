-- The database of schema4, after a clean stop. Made by make.py; do not edit.
-- taken 2026-11-20T09:02:23Z
-- next quarterly 2026-11-20T09:15:00Z
-- next half_hourly 2026-11-20T09:25:04.739204Z
-- next daily18 2026-11-20T18:00:00Z
-- next drawn_later 2026-11-20T19:12:24.023Z
-- next daily9 2026-11-21T09:00:00Z
-- next drawn 2026-11-21T09:00:59.193Z
PRAGMA page_size = 4096;
PRAGMA auto_vacuum = 2;
PRAGMA application_id = 0;
PRAGMA user_version = 4;
BEGIN;
CREATE TABLE jobs (
    job_name TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    device TEXT NOT NULL,
    last_update REAL NOT NULL,
    pid INTEGER, run_id INTEGER);
CREATE TABLE logs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    timestamp REAL NOT NULL,
    level TEXT NOT NULL,
    message TEXT NOT NULL,
    device TEXT NOT NULL, job_name TEXT, run_id INTEGER, stream TEXT);
CREATE TABLE triggers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job_name TEXT NOT NULL,
    args TEXT NOT NULL DEFAULT '[]',
    kwargs TEXT NOT NULL DEFAULT '{}',
    created REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0),
    processed REAL, status TEXT NOT NULL DEFAULT 'queued', reason TEXT, note TEXT, priority INTEGER, run_at REAL, dedup_key TEXT, source TEXT NOT NULL DEFAULT 'insert', occurrence REAL, attempt INTEGER NOT NULL DEFAULT 0, due REAL, traceparent TEXT, wait_seconds REAL);
CREATE TABLE config (key TEXT PRIMARY KEY, value TEXT, updated REAL);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    trigger_id INTEGER NOT NULL,
    job_name TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    status TEXT NOT NULL,
    reason TEXT,
    device TEXT NOT NULL,
    boot_id TEXT NOT NULL,
    pid INTEGER,
    process_start INTEGER,
    container TEXT,
    started REAL NOT NULL,
    ended REAL,
    exit_code INTEGER,
    signal INTEGER,
    result TEXT,
    progress REAL,
    progress_text TEXT,
    stop_request TEXT,
    cpu_seconds REAL,
    peak_memory INTEGER,
    output_bytes INTEGER);
CREATE TABLE holds (
    job_name TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    since REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE state (
    job_name TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    updated REAL NOT NULL,
    PRIMARY KEY (job_name, key)) WITHOUT ROWID;
CREATE TABLE devices (
    device TEXT PRIMARY KEY,
    boot_id TEXT NOT NULL,
    status TEXT NOT NULL,
    tags TEXT NOT NULL,
    pid INTEGER NOT NULL,
    machine TEXT NOT NULL,
    lock_domain TEXT NOT NULL,
    version TEXT NOT NULL,
    max_parallel INTEGER NOT NULL,
    started REAL NOT NULL,
    heartbeat REAL NOT NULL,
    trouble TEXT,
    engine TEXT);
CREATE TABLE device_jobs (
    device TEXT NOT NULL,
    job_name TEXT NOT NULL,
    can_run INTEGER NOT NULL,
    definition TEXT,
    fingerprint TEXT, schedule TEXT,
    PRIMARY KEY (job_name, device)) WITHOUT ROWID;
CREATE TABLE api_keys (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    jobs TEXT NOT NULL,
    hash TEXT NOT NULL,
    created REAL NOT NULL,
    expires REAL) WITHOUT ROWID;
CREATE TABLE idempotency (
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    request TEXT NOT NULL,
    made TEXT NOT NULL,
    created REAL NOT NULL,
    PRIMARY KEY (owner, key));
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    actor TEXT NOT NULL,
    origin TEXT NOT NULL,
    action TEXT NOT NULL,
    job_name TEXT,
    subject TEXT,
    before TEXT,
    after TEXT,
    hash TEXT NOT NULL);
CREATE TABLE alarms (
    job_name TEXT NOT NULL,
    event TEXT NOT NULL,
    since REAL NOT NULL,
    last REAL NOT NULL,
    count INTEGER NOT NULL,
    reason TEXT,
    run_id INTEGER,
    PRIMARY KEY (job_name, event)) WITHOUT ROWID;
CREATE TABLE deadlines (job_name TEXT PRIMARY KEY, since REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE notices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created REAL NOT NULL,
    device TEXT NOT NULL,
    job_name TEXT NOT NULL,
    event TEXT NOT NULL,
    channel TEXT NOT NULL,
    message TEXT NOT NULL,
    due REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    closed REAL,
    outcome TEXT);
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0),
    kind TEXT NOT NULL,
    job_name TEXT,
    trigger_id INTEGER,
    run_id INTEGER,
    status TEXT,
    reason TEXT,
    device TEXT,
    progress REAL,
    progress_text TEXT);
CREATE TABLE schedules (
    job_name TEXT NOT NULL,
    schedule TEXT NOT NULL,
    cursor REAL NOT NULL,
    resumed REAL,
    PRIMARY KEY (job_name, schedule)) WITHOUT ROWID;
CREATE TABLE job_health (
    job_name TEXT PRIMARY KEY,
    since REAL,
    failures INTEGER NOT NULL DEFAULT 0,
    level INTEGER NOT NULL DEFAULT 0,
    relapses INTEGER NOT NULL DEFAULT 0,
    recent TEXT NOT NULL DEFAULT '',
    longest_life REAL NOT NULL DEFAULT 0,
    good_since REAL,
    probation REAL NOT NULL DEFAULT 0,
    last_failure REAL,
    recovered REAL,
    reason TEXT,
    run_id INTEGER) WITHOUT ROWID;
INSERT INTO jobs VALUES ('web', 'stopped', 'here', 1795165342.717788, NULL, 1);
INSERT INTO jobs VALUES ('stopped', 'stopped', 'here', 1795165290.0348, NULL, 2);
INSERT INTO jobs VALUES ('crashing', 'failed', 'here', 1795165325.830388, NULL, 20);
INSERT INTO jobs VALUES ('half_hourly', 'completed', 'here', 1795164906.874837, NULL, 4);
INSERT INTO jobs VALUES ('daily9', 'completed', 'here', 1795165200.465894, NULL, 8);
INSERT INTO jobs VALUES ('quarterly', 'completed', 'here', 1795165200.465894, NULL, 9);
INSERT INTO jobs VALUES ('drawn', 'completed', 'here', 1795165290.40363, NULL, 10);
INSERT INTO jobs VALUES ('add', 'completed', 'here', 1795165342.555745, NULL, 21);
INSERT INTO jobs VALUES ('talk', 'stopped', 'here', 1795165342.774554, NULL, 22);
INSERT INTO jobs VALUES ('fail', 'failed', 'here', 1795165308.638922, NULL, 17);
INSERT INTO jobs VALUES (x'00ff', '7', CAST(x'ff' AS TEXT), 'never', NULL, NULL);
INSERT INTO logs VALUES (-5, -1.0, 'INFO', 'below all', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (1, 1795164904.403904, 'INFO', 'The API is at http://127.0.0.1:42227. In a browser it is the console.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (2, 1795164904.437853, 'INFO', 'AIOS 0.1.0 runs 17 jobs from /tmp/aios-former-u1izq6no/Jobs as device "here" (no tags).', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (3, 1795164904.449195, 'INFO', 'Ctrl-C ends it and its programs.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (4, 1795165296.096822, 'INFO', 'adding 1 and 2', 'here', 'add', 13, 'stdout');
INSERT INTO logs VALUES (5, 1795165301.0183, 'INFO', 'one', 'here', 'talk', 15, 'stdout');
INSERT INTO logs VALUES (6, 1795165301.125687, 'WARNING', 'zwei ü', 'here', 'talk', 15, 'stderr');
INSERT INTO logs VALUES (7, 1795165306.605572, 'INFO', 'broken', 'here', 'fail', 16, 'stdout');
INSERT INTO logs VALUES (8, 1795165308.132273, 'INFO', 'broken', 'here', 'fail', 17, 'stdout');
INSERT INTO logs VALUES (9, 1795165310.081146, 'WARNING', 'A notice of job "fail" (failure) could not be told by command 1b63fc28: sh: exit status 1. It is tried again, for a day.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (10, 1795165322.950225, 'INFO', 'adding 3 and 4', 'here', 'add', 19, 'stdout');
INSERT INTO logs VALUES (11, 1795165340.71438, 'INFO', 'The log level is debug now.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (12, 1795165341.560955, 'DEBUG', 'Claimed add#21: attempt 1 of trigger 25 (insert), 43 ms after it could run; trace 0af7651916cd43dd8448eb211c80319c.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (13, 1795165341.69889, 'DEBUG', 'Claimed talk#22: attempt 1 of trigger 32 (insert), -201 ms after it could run; trace 4aaa063f39cb15f9aea85a616c6ae89a.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (14, 1795165341.698944, 'DEBUG', 'Claimed talk#23: attempt 1 of trigger 33 (me), 1795165340986 ms after it could run; trace 68117bfc7738da4e0c320ca98d76aaaa.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (15, 1795165341.69896, 'DEBUG', 'Claimed add#24: attempt 1 of trigger 34 (insert), -880218365 ms after it could run; trace 4226e941e6dfbf9b713acd97ee4aad23.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (16, 1795165341.662489, 'INFO', 'adding 5 and 1', 'here', 'add', 21, 'stdout');
INSERT INTO logs VALUES (17, 1795165342.275651, 'INFO', 'one', 'here', 'talk', 23, 'stdout');
INSERT INTO logs VALUES (18, 1795165342.275696, 'WARNING', 'zwei ü', 'here', 'talk', 23, 'stderr');
INSERT INTO logs VALUES (19, 1795165342.275747, 'INFO', 'one', 'here', 'talk', 22, 'stdout');
INSERT INTO logs VALUES (20, 1795165342.275762, 'WARNING', 'zwei ü', 'here', 'talk', 22, 'stderr');
INSERT INTO logs VALUES (21, 1795165342.275822, 'INFO', 'adding � and 1', 'here', 'add', 24, 'stdout');
INSERT INTO logs VALUES (22, 1795165342.27584, 'ERROR', 'Traceback (most recent call last):', 'here', 'add', 24, 'stderr');
INSERT INTO logs VALUES (23, 1795165342.27584, 'ERROR', '  File "/tmp/aios-former-u1izq6no/Programs/add.py", line 3, in add', 'here', 'add', 24, 'stderr');
INSERT INTO logs VALUES (24, 1795165342.27584, 'ERROR', '    return a + b', 'here', 'add', 24, 'stderr');
INSERT INTO logs VALUES (25, 1795165342.27584, 'ERROR', '           ~~^~~', 'here', 'add', 24, 'stderr');
INSERT INTO logs VALUES (26, 1795165342.27584, 'ERROR', 'TypeError: can only concatenate str (not "int") to str', 'here', 'add', 24, 'stderr');
INSERT INTO logs VALUES (27, 1795165342.353791, 'INFO', 'SIGTERM: ending; programs get TERM and their grace. A second signal ends them at once.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (28, 1795165343.061092, 'INFO', 'AIOS has ended.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (29, 'now', 'LOUD', CAST(x'666fff6f' AS TEXT), '5', NULL, NULL, NULL);
INSERT INTO logs VALUES (30, 9e999, '3', x'00', CAST(x'610062' AS TEXT), NULL, NULL, NULL);
INSERT INTO triggers VALUES (1, 'web', '[]', '{}', 1795164904.739204, NULL, 'queued', 'the daemon was stopped', NULL, 0, NULL, NULL, 'always', NULL, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (2, 'stopped', '[]', '{}', 1795164904.739204, 1795165290.0348, 'canceled', 'stopped on request', NULL, 0, NULL, NULL, 'always', NULL, 1, NULL, NULL, NULL);
INSERT INTO triggers VALUES (3, 'crashing', '[]', '{}', 1795164904.739204, 1795164907.37035, 'failed', 'exit status 1', NULL, 0, NULL, NULL, 'always', NULL, 1, NULL, NULL, NULL);
INSERT INTO triggers VALUES (4, 'half_hourly', '[]', '{}', 1795164904.739204, 1795164906.874837, 'succeeded', NULL, NULL, 0, NULL, 'occurrence:half_hourly@1795164904739', 'schedule', 1795164904.739204, 1, NULL, NULL, NULL);
INSERT INTO triggers VALUES (5, 'crashing', '[]', '{}', 1795164907.37035, 1795164908.773273, 'failed', 'exit status 1', 'run 3 failed: exit status 1', 0, NULL, NULL, 'always', NULL, 2, NULL, NULL, NULL);
INSERT INTO triggers VALUES (6, 'crashing', '[]', '{}', 1795164908.773273, 1795164911.198213, 'failed', 'exit status 1', 'run 5 failed: exit status 1', 0, NULL, NULL, 'always', NULL, 3, NULL, NULL, 2.0);
INSERT INTO triggers VALUES (7, 'crashing', '[]', '{}', 1795164911.198213, 1795165290.0348, 'failed', 'exit status 1', 'run 6 failed: exit status 1', 0, NULL, NULL, 'always', NULL, 4, NULL, NULL, 4.0);
INSERT INTO triggers VALUES (8, 'daily9', '[]', '{}', 1795165200.079412, 1795165200.465894, 'succeeded', NULL, NULL, 0, NULL, 'occurrence:daily9@1795165200000', 'schedule', 1795165200.0, 1, NULL, NULL, NULL);
INSERT INTO triggers VALUES (9, 'paused9', '[]', '{}', 1795165200.079412, 1795165200.079412, 'skipped', 'paused; `aios resume paused9` lets it run', NULL, 0, NULL, 'occurrence:paused9@1795165200000', 'schedule', 1795165200.0, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (10, 'quarterly', '[]', '{}', 1795165200.079412, 1795165200.465894, 'succeeded', NULL, NULL, 0, NULL, 'occurrence:quarterly@1795165200000', 'schedule', 1795165200.0, 1, NULL, NULL, NULL);
INSERT INTO triggers VALUES (11, 'crashing', '[]', '{}', 1795165290.0348, 1795165291.827845, 'failed', 'exit status 1', 'run 7 failed: exit status 1', 0, NULL, NULL, 'always', NULL, 2, NULL, NULL, 1.0);
INSERT INTO triggers VALUES (12, 'drawn', '[]', '{}', 1795165290.0348, 1795165290.40363, 'succeeded', NULL, NULL, 0, NULL, 'occurrence:drawn@1795165237094', 'schedule', 1795165237.094, 1, NULL, NULL, NULL);
INSERT INTO triggers VALUES (13, 'crashing', '[]', '{}', 1795165291.827845, 1795165295.490967, 'failed', 'exit status 1', 'run 11 failed: exit status 1', 0, NULL, NULL, 'always', NULL, 3, NULL, NULL, 2.0);
INSERT INTO triggers VALUES (14, 'add', '[1, 2]', '{}', 1795165291.727202, 1795165296.682549, 'succeeded', NULL, NULL, NULL, NULL, NULL, 'cli', NULL, 1, NULL, NULL, NULL);
INSERT INTO triggers VALUES (15, 'crashing', '[]', '{}', 1795165295.490967, 1795165300.242243, 'failed', 'exit status 1', 'run 12 failed: exit status 1', 0, NULL, NULL, 'always', NULL, 4, NULL, NULL, 4.0);
INSERT INTO triggers VALUES (16, 'crashing', '[]', '{}', 1795165300.242243, 1795165308.962263, 'failed', 'exit status 1', 'run 14 failed: exit status 1', 0, NULL, NULL, 'always', NULL, 5, NULL, NULL, 8.0);
INSERT INTO triggers VALUES (17, 'talk', '[]', '{}', 1795165298.63669, 1795165302.314657, 'succeeded', NULL, NULL, NULL, NULL, NULL, 'cli', NULL, 1, NULL, NULL, NULL);
INSERT INTO triggers VALUES (18, 'fail', '[]', '{"who":"ada"}', 1795165304.015194, 1795165308.638922, 'failed', 'exit status 3', NULL, NULL, NULL, NULL, 'cli', NULL, 2, NULL, NULL, 1.0);
INSERT INTO triggers VALUES (19, 'crashing', '[]', '{}', 1795165308.962263, 1795165325.830388, 'failed', 'exit status 1', 'run 18 failed: exit status 1', 0, NULL, NULL, 'always', NULL, 6, NULL, NULL, 16.0);
INSERT INTO triggers VALUES (20, 'talk', '[]', '{}', 1795165307.108463, NULL, 'waiting', 'until its run_at, 2026-11-22 10:00:00 UTC', NULL, 7, 1795341600.0, 'in two days', 'cli', NULL, 0, 1795341600.0, NULL, NULL);
INSERT INTO triggers VALUES (21, 'gpu_only', '[]', '{}', 1795165312.36758, NULL, 'waiting', 'needs a device with the tag gpu; none that is online has it', NULL, NULL, NULL, NULL, 'cli', NULL, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (22, 'off', '[]', '{}', 1795165317.78484, NULL, 'waiting', 'the job is disabled in the list', NULL, NULL, NULL, NULL, 'cli', NULL, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (23, 'add', '[3, 4]', '{}', 1795165322.233679, 1795165323.138359, 'succeeded', NULL, NULL, NULL, NULL, NULL, 'api', NULL, 1, NULL, NULL, NULL);
INSERT INTO triggers VALUES (24, 'crashing', '[]', '{}', 1795165325.830388, NULL, 'waiting', 'crash loop: 6 ends in a row, the last after 100ms: exit status 1; next start in 32 s', 'run 20 failed: exit status 1', 0, NULL, NULL, 'always', NULL, 6, 1795165357.830388, NULL, 32.0);
INSERT INTO triggers VALUES (25, 'add', '[5]', '{}', 1795165340.943624, 1795165342.555745, 'succeeded', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 1, NULL, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', NULL);
INSERT INTO triggers VALUES (26, 'add', 'no JSON', '{}', 1795165340.9780383, 1795165340.986177, 'failed', 'args: not JSON; expected an array such as ["a", 1]', NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (27, 'add', '[1]', '{}', 1795165341.0319614, 1795165340.986177, 'failed', 'priority: expected a whole number, found text', NULL, 'high', NULL, NULL, 'insert', NULL, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (28, 'add', '[1]', '{}', 1795165341.0724068, 1795165340.986177, 'failed', 'run_at: expected Unix seconds (a number), found text', NULL, NULL, 'tomorrow', NULL, 'insert', NULL, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (29, 'nobody', '[]', '{}', 1795165341.1036055, 1795165340.986177, 'failed', 'no device has a job named "nobody" in its list.', NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (30, x'00ff', '[]', '{}', 1795165341.147287, 1795165340.986177, 'failed', 'job_name: expected the name of a job, found blob', NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (31, '7', '[]', '{}', 1795165341.1670058, 1795165340.986177, 'failed', 'no device has a job named "7" in its list.', NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (32, 'talk', '[]', x'7b2261223a20317d', 1795165341.1871126, NULL, 'queued', 'the daemon was stopped', NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (33, 'talk', '[]', '{}', 'long ago', NULL, 'queued', 'the daemon was stopped', x'ff', NULL, NULL, NULL, 'me', NULL, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (34, 'add', CAST(x'5b22ff225d' AS TEXT), '{}', 1796045559.3510165, 1795165342.555745, 'failed', 'TypeError: can only concatenate str (not "int") to str', NULL, NULL, NULL, NULL, 'insert', NULL, 1, NULL, NULL, NULL);
INSERT INTO triggers VALUES (35, 'add', '[]', '{}', 1796045559.7069993, 'yes', '9', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (36, 'add', '[8, 9]', '{}', 1795165348.8753695, NULL, 'queued', NULL, 'unseen', NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (37, 'add', '[8', '{}', 1795165348.9229538, NULL, 'queued', NULL, 'unseen', NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (38, 'talk', '[]', '{}', 1795165348.9542565, NULL, 'queued', NULL, 'unseen', NULL, 1795219200.0, NULL, 'insert', NULL, 0, NULL, NULL, NULL);
INSERT INTO triggers VALUES (9223372036854775807, 'add', '[10]', '{}', 1.0, NULL, 'queued', NULL, 'largest', NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL, NULL);
INSERT INTO config VALUES ('database_id', '26afae5f21501ddaee676234312a4735', 1795164902.8230162);
INSERT INTO config VALUES ('newest_instant', '1795165342.5557449', 1795165342.555745);
INSERT INTO config VALUES ('log_level', 'debug', 1795165340.348983);
INSERT INTO config VALUES ('mine', NULL, 'x');
INSERT INTO config VALUES (NULL, 'no key', NULL);
INSERT INTO runs VALUES (1, 1, 'web', 1, 'canceled', 'the daemon was stopped', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29310, 89616, NULL, 1795164905.596809, 1795165342.667844, NULL, 15, NULL, NULL, NULL, NULL, 0.007943, NULL, 0);
INSERT INTO runs VALUES (2, 2, 'stopped', 1, 'canceled', 'stopped on request', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29309, 89616, NULL, 1795164905.604101, 1795165200.490642, NULL, 15, NULL, NULL, NULL, 'stop', 0.006762, NULL, 0);
INSERT INTO runs VALUES (3, 3, 'crashing', 1, 'failed', 'exit status 1', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29308, 89616, NULL, 1795164905.60423, 1795164906.823187, 1, NULL, NULL, NULL, NULL, NULL, 0.006591, NULL, 0);
INSERT INTO runs VALUES (4, 4, 'half_hourly', 1, 'succeeded', NULL, 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29311, 89616, NULL, 1795164905.604235, 1795164906.256649, 0, NULL, NULL, NULL, NULL, NULL, 0.005589, NULL, 0);
INSERT INTO runs VALUES (5, 5, 'crashing', 2, 'failed', 'exit status 1', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29383, 89875, NULL, 1795164908.400103, 1795164908.626593, 1, NULL, NULL, NULL, NULL, NULL, 0.006245, NULL, 0);
INSERT INTO runs VALUES (6, 6, 'crashing', 3, 'failed', 'exit status 1', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29479, 90133, NULL, 1795164911.026197, 1795164911.149616, 1, NULL, NULL, NULL, NULL, NULL, 0.006989, NULL, 0);
INSERT INTO runs VALUES (7, 7, 'crashing', 4, 'failed', 'exit status 1', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29547, 90516, NULL, 1795165200.301203, 1795165200.442089, 1, NULL, NULL, NULL, NULL, NULL, 0.007062, NULL, 0);
INSERT INTO runs VALUES (8, 8, 'daily9', 1, 'succeeded', NULL, 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29551, 90518, NULL, 1795165200.330569, 1795165200.445696, 0, NULL, NULL, NULL, NULL, NULL, 0.007538, NULL, 0);
INSERT INTO runs VALUES (9, 10, 'quarterly', 1, 'succeeded', NULL, 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29552, 90520, NULL, 1795165200.341605, 1795165200.448333, 0, NULL, NULL, NULL, NULL, NULL, 0.006184, NULL, 0);
INSERT INTO runs VALUES (10, 12, 'drawn', 1, 'succeeded', NULL, 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29564, 90568, NULL, 1795165290.218906, 1795165290.302741, 0, NULL, NULL, NULL, NULL, NULL, 0.005902, NULL, 0);
INSERT INTO runs VALUES (11, 11, 'crashing', 2, 'failed', 'exit status 1', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29594, 90690, NULL, 1795165291.462527, 1795165291.61568, 1, NULL, NULL, NULL, NULL, NULL, 0.005678, NULL, 0);
INSERT INTO runs VALUES (12, 13, 'crashing', 3, 'failed', 'exit status 1', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29662, 91047, NULL, 1795165294.825362, 1795165295.250696, 1, NULL, NULL, NULL, NULL, NULL, 0.00697, NULL, 0);
INSERT INTO runs VALUES (13, 14, 'add', 1, 'succeeded', NULL, 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29674, 91118, NULL, 1795165294.858181, 1795165296.377406, 0, NULL, '3', NULL, NULL, NULL, 0.107694, NULL, 15);
INSERT INTO runs VALUES (14, 15, 'crashing', 4, 'failed', 'exit status 1', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29738, 91539, NULL, 1795165299.894757, 1795165300.167286, 1, NULL, NULL, NULL, NULL, NULL, 0.00711, NULL, 0);
INSERT INTO runs VALUES (15, 17, 'talk', 1, 'succeeded', NULL, 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29757, 91642, NULL, 1795165300.994593, 1795165302.274897, 0, NULL, NULL, 0.4, 'half', NULL, 0.572269, NULL, 12);
INSERT INTO runs VALUES (16, 18, 'fail', 1, 'failed', 'exit status 3', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29853, 92199, NULL, 1795165306.273068, 1795165306.71548, 3, NULL, NULL, NULL, NULL, NULL, 0.006326, NULL, 7);
INSERT INTO runs VALUES (17, 18, 'fail', 2, 'failed', 'exit status 3', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29921, 92348, NULL, 1795165307.94226, 1795165308.329225, 3, NULL, NULL, NULL, NULL, NULL, 0.007476, NULL, 7);
INSERT INTO runs VALUES (18, 16, 'crashing', 5, 'failed', 'exit status 1', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29941, 92405, NULL, 1795165308.330194, 1795165308.71473, 1, NULL, NULL, NULL, NULL, NULL, 0.011142, NULL, 0);
INSERT INTO runs VALUES (19, 23, 'add', 1, 'succeeded', NULL, 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 29673, 91112, NULL, 1795165322.673529, 1795165323.036164, 0, NULL, '7', NULL, NULL, NULL, 0.034068, NULL, 15);
INSERT INTO runs VALUES (20, 19, 'crashing', 6, 'failed', 'exit status 1', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 30234, 94105, NULL, 1795165325.570815, 1795165325.69964, 1, NULL, NULL, NULL, NULL, NULL, 0.006962, NULL, 0);
INSERT INTO runs VALUES (21, 25, 'add', 1, 'succeeded', NULL, 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 30190, 93833, NULL, 1795165341.562203, 1795165342.278762, 0, NULL, '6', NULL, NULL, NULL, 0.040048, NULL, 15);
INSERT INTO runs VALUES (22, 32, 'talk', 1, 'canceled', 'the daemon was stopped', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 30636, 95735, NULL, 1795165341.933434, 1795165342.748568, NULL, 15, NULL, NULL, NULL, NULL, 0.196357, NULL, 12);
INSERT INTO runs VALUES (23, 33, 'talk', 1, 'canceled', 'the daemon was stopped', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 30637, 95735, NULL, 1795165341.940731, 1795165342.748194, NULL, 15, NULL, NULL, NULL, NULL, 0.197397, NULL, 12);
INSERT INTO runs VALUES (24, 34, 'add', 1, 'failed', 'TypeError: can only concatenate str (not "int") to str', 'here', 'f901cb915e5a4034a51e4dc84d8b0afa', 30628, 95704, NULL, 1795165341.944417, 1795165342.279376, 1, NULL, NULL, NULL, NULL, NULL, 0.079368, NULL, 223);
INSERT INTO holds VALUES ('nobody', 'odd', 'x');
INSERT INTO holds VALUES ('paused9', 'paused', 1795164910.500629);
INSERT INTO holds VALUES ('stopped', 'stopped', 1795164914.017006);
INSERT INTO state VALUES ('', 'mails', '3', 1795165327.465293);
INSERT INTO state VALUES ('add', 'limits', '[1, 2]', 1795165324.86916);
INSERT INTO state VALUES ('add', CAST(x'ff' AS TEXT), 'no JSON', 'x');
INSERT INTO devices VALUES ('here', 'f901cb915e5a4034a51e4dc84d8b0afa', 'offline', '', 29173, '930302bc-9ebd-46ee-a7e2-ebb9ad7f0ce2 pid:[4026531836]', '5282ac81299d4d50baaacad4d9c2b803', '0.1.0', 10, 1795164902.957447, 1795165343.061092, NULL, NULL);
INSERT INTO device_jobs VALUES ('here', 'add', 1, '{"name":"add","type":"trigger","file":"add.py","function":"add"}', '81612eb5895d09c1905bfaddad52f1d7', NULL);
INSERT INTO device_jobs VALUES ('here', 'crashing', 1, '{"name":"crashing","type":"always","command":["false"]}', 'bed8aef1a79f08fc5cb2dce2a82fea46', NULL);
INSERT INTO device_jobs VALUES ('here', 'daily18', 1, '{"name":"daily18","type":"daily","command":["true"],"time":"18:00"}', '5c41890639dd30b7617faa5cea7d426c', 'daily at 18:00 (UTC)');
INSERT INTO device_jobs VALUES ('here', 'daily9', 1, '{"name":"daily9","type":"daily","command":["true"],"time":"09:00","deadline":"1d2h"}', '5b73f8719213eef9d8dad5edc0eb21b4', 'daily at 09:00 (UTC)');
INSERT INTO device_jobs VALUES ('here', 'drawn', 1, '{"name":"drawn","type":"random_daily","command":["true"],"after_time":"09:00","before_time":"09:01"}', '9d7b3dff1f01752b252765f2810b12d9', 'daily at random between 09:00 and 09:01 (UTC)');
INSERT INTO device_jobs VALUES ('here', 'drawn_later', 1, '{"name":"drawn_later","type":"random_daily","command":["true"],"after_time":"19:00","before_time":"23:00"}', 'bd8cd3516816474630a34eec67ff118c', 'daily at random between 19:00 and 23:00 (UTC)');
INSERT INTO device_jobs VALUES ('here', 'fail', 1, '{"name":"fail","type":"trigger","command":["sh","-c","echo broken; exit 3"],"retries":1,"backoff":"1s","notify":[{"command":["***"]},{"command":["***","***","***"],"on":["***"]}]}', '0e7ae4c2ed481c5dddc85413cf344284', NULL);
INSERT INTO device_jobs VALUES ('here', 'gpu_only', 0, '{"name":"gpu_only","type":"trigger","command":["true"],"tags":["gpu"]}', 'a74a29ff5bb6978e281d7bbd7f0fe47a', NULL);
INSERT INTO device_jobs VALUES ('here', 'half_hourly', 1, '{"name":"half_hourly","type":"interval","command":["true"],"interval":"30m"}', 'affeb7a6e99d7b3178bcc5ffd648cc5a', 'every 30 min');
INSERT INTO device_jobs VALUES ('here', 'off', 0, '{"name":"off","type":"trigger","command":["true"],"enabled":false}', '4ed35ec9ac4ae035b6a793884b6f3fd7', NULL);
INSERT INTO device_jobs VALUES ('here', 'paused9', 1, '{"name":"paused9","type":"daily","command":["true"],"time":"09:00"}', '563e432434fbac5f99120b0a61b8d8a1', 'daily at 09:00 (UTC)');
INSERT INTO device_jobs VALUES ('here', 'quarterly', 1, '{"name":"quarterly","type":"cron","command":["true"],"cron":"*/15 * * * *"}', 'd61c666bf53c4b08667e71463b3f9274', 'cron "*/15 * * * *" (UTC)');
INSERT INTO device_jobs VALUES ('here', 'quiet', 1, '{"name":"quiet","type":"idle","command":["true"]}', '1ffc51b6f5eda007db0697f123da41b1', NULL);
INSERT INTO device_jobs VALUES ('here', 'slow', 1, '{"name":"slow","type":"trigger","command":["sleep","600"],"max_parallel":1}', '6be23dd56f16c6c149c2a1bd8ab19687', NULL);
INSERT INTO device_jobs VALUES ('here', 'stopped', 1, '{"name":"stopped","type":"always","command":["sleep","600"]}', '096346c434dbbe0ecacfc8ec6514e423', NULL);
INSERT INTO device_jobs VALUES ('here', 'talk', 1, '{"name":"talk","type":"trigger","description":"Says things","command":["sh","-c","echo one; echo \"zwei ü\" >&2; \"$AIOS_EXE\" progress 40% half"]}', '20396833f508be3420be6d27ee8007db', NULL);
INSERT INTO device_jobs VALUES ('here', 'web', 1, '{"name":"web","type":"always","command":["sleep","600"]}', '8f1a9e0e2805c3608f4b025081e62636', NULL);
INSERT INTO api_keys VALUES ('deploy', 'operator', 'add,talk*', '7fce73a0c84283a483a65897169ec9c56ad732dcb4f76fa40514c4a33f135102', 1795165330.612348, 1802941329.884513);
INSERT INTO idempotency VALUES ('local user', 'order-1', 'a6d737248d5e6d87e1514d3b85104a8b912c89d6003add9c93fb00d6986f71e1', '1 23', 1795165322.315314);
INSERT INTO audit VALUES (1, 1795164903.019837, 'device here', 'daemon', 'audit.begin', NULL, 'database 26afae5f21501ddaee676234312a4735', NULL, NULL, 'cbbe550e1bfb58564bc0049640b3288961e6524bc50cf78e422b3a77e349f012');
INSERT INTO audit VALUES (2, 1795164903.019837, 'device here', 'daemon', 'daemon.start', NULL, NULL, NULL, '{"version":"0.1.0","home":"/tmp/aios-former-u1izq6no","user":"root","pid":29173,"max_parallel":10,"tags":[]}', 'be6a5b079b1df1351f7db660d41bb5138bd4b09f7a3e07e18a58d8cbaf233398');
INSERT INTO audit VALUES (3, 1795164904.739204, 'device here', 'daemon', 'list.change', NULL, '17 new, 0 changed, 0 removed', NULL, '{"jobs":{"add":{"type":"trigger","file":"add.py","function":"add"},"talk":{"type":"trigger","description":"Says things","command":["sh","-c","echo one; echo \"zwei ü\" >&2; \"$AIOS_EXE\" progress 40% half"]},"fail":{"type":"trigger","command":["sh","-c","echo broken; exit 3"],"retries":1,"backoff":"1s","notify":[{"command":["***"]},{"command":["***","***","***"],"on":["***"]}]},"slow":{"type":"trigger","command":["sleep","600"],"max_parallel":1},"gpu_only":{"type":"trigger","command":["true"],"tags":["gpu"]},"off":{"type":"trigger","command":["true"],"enabled":false},"daily9":{"type":"daily","command":["true"],"time":"09:00","deadline":"1d2h"},"daily18":{"type":"daily","command":["true"],"time":"18:00"},"paused9":{"type":"daily","command":["true"],"time":"09:00"},"half_hourly":{"type":"interval","command":["true"],"interval":"30m"},"quarterly":{"type":"cron","command":["true"],"cron":"*/15 * * * *"},"drawn":{"type":"random_daily","command":["true"],"after_time":"09:00","before_time":"09:01"},"drawn_later":{"type":"random_daily","command":["true"],"after_time":"19:00","before_time":"23:00"},"web":{"type":"always","command":["sleep","600"]},"stopped":{"type":"always","command":["sleep","600"]},"crashing":{"type":"always","command":["false"]},"quiet":{"type":"idle","command":["true"]}}}', 'ec641762ae0f736f87bb1a8bbb692ccff42909c23338edcdd6fd8547b23f8127');
INSERT INTO audit VALUES (4, 1795164910.500629, 'user root', 'cli on vm', 'job.pause', 'paused9', NULL, NULL, '{"held":"paused"}', '278fad89fe8aac140bbc4325f3c88d02512454be5bdfb6ac7d511f3d9919b123');
INSERT INTO audit VALUES (5, 1795164914.017006, 'user root', 'cli on vm', 'job.stop', 'stopped', NULL, NULL, '{"request":"stop","runs":[2],"canceled_triggers":0,"held":"stopped"}', '35698127db70f2d823f0a600c4eb431c2be9492f621b5a2792c91991c8c1c459');
INSERT INTO audit VALUES (6, 1795165293.816664, 'user root', 'cli on vm', 'trigger.create', 'add', 'trigger 14', NULL, '{"arguments":["args"]}', '454d0a4cd93fa853482e1da5ef884c9932e48b7ed8ba92dc41eca0d6ad765841');
INSERT INTO audit VALUES (7, 1795165300.468622, 'user root', 'cli on vm', 'trigger.create', 'talk', 'trigger 17', NULL, '{"arguments":[]}', '6b482cec2392ffc5d865b542aa413b6e1f88aae67e14296db228e74588a9ed06');
INSERT INTO audit VALUES (8, 1795165305.604805, 'user root', 'cli on vm', 'trigger.create', 'fail', 'trigger 18', NULL, '{"arguments":["who"]}', '50f8c0cd57373274ae322d72a7ba37b26d587a575874837b0c75d9b0ff4d6e83');
INSERT INTO audit VALUES (9, 1795165309.425382, 'user root', 'cli on vm', 'trigger.create', 'talk', 'trigger 20', NULL, '{"arguments":[],"run_at":"2026-11-22T10:00:00Z","priority":7,"dedup_key":"in two days"}', 'e27b5d9fbe85e2044ef61fa6247a78953b144fb86a6a94ecea6429aa9153191c');
INSERT INTO audit VALUES (10, 1795165315.089908, 'user root', 'cli on vm', 'trigger.create', 'gpu_only', 'trigger 21', NULL, '{"arguments":[]}', '90220270980b29cedb1079b70bc1bdce9890a44911295889ab10e06e158fd21c');
INSERT INTO audit VALUES (11, 1795165320.79967, 'user root', 'cli on vm', 'trigger.create', 'off', 'trigger 22', NULL, '{"arguments":[]}', 'eddc68dade64542624a531241cccbb4fefc1447611892c2294a7f1f16805ff4b');
INSERT INTO audit VALUES (12, 1795165322.315314, 'user root', 'api 127.0.0.1', 'trigger.create', 'add', 'trigger 23', NULL, '{"arguments":["args"]}', 'd419af9f1ac0cc447c31c691d360c8fc35a952d5fb0feaa307bc9b33bcc90b55');
INSERT INTO audit VALUES (13, 1795165324.86916, 'user root', 'cli on vm', 'state.set', 'add', 'state limits', NULL, '[1, 2]', 'f54d702537046486ce2448889b801a3bd689366841135acf66a0e811db27ad68');
INSERT INTO audit VALUES (14, 1795165327.465293, 'user root', 'cli on vm', 'state.set', NULL, 'state mails', NULL, '3', '1cf9697a29f92ea52abf355b86dc2ae565372dc37280aadc0489242ea03b7489');
INSERT INTO audit VALUES (15, 1795165330.690449, 'user root', 'cli on vm', 'key.add', NULL, 'key deploy', NULL, '{"role":"operator","jobs":"add,talk*","expires":"2027-02-18T09:02:09.884513Z"}', '5d3707a851ae6a42025cbe6060d1eb5ac70de2e26d056ce3a0a5cd174b2e5636');
INSERT INTO audit VALUES (16, 1795165334.902474, 'user root', 'cli on vm', 'key.add', NULL, 'key former', NULL, '{"role":"viewer","jobs":"","expires":null}', 'e2871bbd5af673d76abd7582a4d11b9efea7fdf1be70a7a377a0c40551928fac');
INSERT INTO audit VALUES (17, 1795165337.417658, 'user root', 'cli on vm', 'key.revoke', NULL, 'key former', '{"role":"viewer","jobs":"","expires":null}', NULL, '9e18df569994d399e473f9b10bf48f7ee693e447274c6e0938aaf36ae8672b39');
INSERT INTO audit VALUES (18, 1795165340.348983, 'user root', 'cli on vm', 'config.set', NULL, 'setting log-level', NULL, '{"value":"debug"}', '05c088dcc642cac17c41f934684f8c67944167a8add6b701fb6f6278bbfb34b7');
INSERT INTO audit VALUES (19, 1795165343.076087, 'device here', 'daemon', 'daemon.stop', NULL, NULL, NULL, NULL, '68f1ff688b1d557dff8ff8c2a14a706a47a1b215a981aea27d427df7f7cad8bb');
INSERT INTO alarms VALUES ('fail', 'failure', 1795165308.638922, 1795165308.638922, 1, 'exit status 3', 17);
INSERT INTO deadlines VALUES ('daily9', 1795165200.465894);
INSERT INTO notices VALUES (1, 1795165308.638922, 'here', 'fail', 'failure', 'command f3b6de25', '{"event":"failure","job_name":"fail","text":"Job \"fail\" has failed on here: exit status 3 (run 17).","about":"failure","reason":"exit status 3","run_id":17,"count":1,"since":"2026-11-20T09:01:48.638922Z","device":"here","at":"2026-11-20T09:01:48.638922Z","version":"0.1.0"}', 1795165308.638922, 1, 1795165310.131859, 'told');
INSERT INTO notices VALUES (2, 1795165308.638922, 'here', 'fail', 'failure', 'command 1b63fc28', '{"event":"failure","job_name":"fail","text":"Job \"fail\" has failed on here: exit status 3 (run 17).","about":"failure","reason":"exit status 3","run_id":17,"count":1,"since":"2026-11-20T09:01:48.638922Z","device":"here","at":"2026-11-20T09:01:48.638922Z","version":"0.1.0"}', 1795165353.506932, 3, NULL, 'sh: exit status 1');
INSERT INTO events VALUES (1, 1795164902.9950128, 'device.online', NULL, NULL, NULL, NULL, NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (2, 1795164904.8850045, 'list.reloaded', NULL, NULL, NULL, NULL, NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (3, 1795164904.9960077, 'trigger.queued', 'web', 1, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (4, 1795164905.0020025, 'trigger.queued', 'stopped', 2, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (5, 1795164905.0129862, 'trigger.queued', 'crashing', 3, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (6, 1795164905.2689896, 'trigger.queued', 'half_hourly', 4, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (7, 1795164905.3200052, 'run.started', 'web', 1, 1, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (8, 1795164905.3280115, 'run.started', 'stopped', 2, 2, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (9, 1795164905.3280115, 'run.started', 'crashing', 3, 3, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (10, 1795164905.3280115, 'run.started', 'half_hourly', 4, 4, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (11, 1795164906.8810105, 'run.ended', 'half_hourly', 4, 4, 'succeeded', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (12, 1795164907.074009, 'trigger.closed', 'half_hourly', 4, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (13, 1795164907.4509933, 'run.ended', 'crashing', 3, 3, 'failed', 'exit status 1', 'here', NULL, NULL);
INSERT INTO events VALUES (14, 1795164907.4800014, 'trigger.closed', 'crashing', 3, NULL, 'failed', 'exit status 1', NULL, NULL, NULL);
INSERT INTO events VALUES (15, 1795164907.9619944, 'trigger.queued', 'crashing', 5, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (16, 1795164908.0670028, 'run.started', 'crashing', 5, 5, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (17, 1795164908.7749853, 'run.ended', 'crashing', 5, 5, 'failed', 'exit status 1', 'here', NULL, NULL);
INSERT INTO events VALUES (18, 1795164908.7749853, 'trigger.closed', 'crashing', 5, NULL, 'failed', 'exit status 1', NULL, NULL, NULL);
INSERT INTO events VALUES (19, 1795164908.7930098, 'trigger.queued', 'crashing', 6, NULL, 'waiting', '2 ends in a row, the last after 200ms: exit status 1; next start in 2 s', NULL, NULL, NULL);
INSERT INTO events VALUES (20, 1795164910.700986, 'job.paused', 'paused9', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (21, 1795164910.893984, 'run.started', 'crashing', 6, 6, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (22, 1795164911.1979856, 'run.ended', 'crashing', 6, 6, 'failed', 'exit status 1', 'here', NULL, NULL);
INSERT INTO events VALUES (23, 1795164911.1979856, 'trigger.closed', 'crashing', 6, NULL, 'failed', 'exit status 1', NULL, NULL, NULL);
INSERT INTO events VALUES (24, 1795164911.1989915, 'trigger.queued', 'crashing', 7, NULL, 'waiting', '3 ends in a row, the last after 100ms: exit status 1; next start in 4 s', NULL, NULL, NULL);
INSERT INTO events VALUES (25, 1795164914.080006, 'job.stopped', 'stopped', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (26, 1795165200.0990138, 'trigger.queued', 'daily9', 8, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (27, 1795165200.152001, 'trigger.closed', 'paused9', 9, NULL, 'skipped', 'paused; `aios resume paused9` lets it run', NULL, NULL, NULL);
INSERT INTO events VALUES (28, 1795165200.152001, 'trigger.queued', 'quarterly', 10, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (29, 1795165200.1730025, 'run.started', 'crashing', 7, 7, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (30, 1795165200.1769855, 'run.started', 'daily9', 8, 8, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (31, 1795165200.1769855, 'run.started', 'quarterly', 10, 9, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (32, 1795165200.4930167, 'run.ended', 'daily9', 8, 8, 'succeeded', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (33, 1795165200.4930167, 'trigger.closed', 'daily9', 8, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (34, 1795165200.4949882, 'run.ended', 'quarterly', 10, 9, 'succeeded', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (35, 1795165200.4949882, 'trigger.closed', 'quarterly', 10, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (36, 1795165290.038015, 'run.ended', 'crashing', 7, 7, 'failed', 'exit status 1', 'here', NULL, NULL);
INSERT INTO events VALUES (37, 1795165290.0770009, 'trigger.closed', 'crashing', 7, NULL, 'failed', 'exit status 1', NULL, NULL, NULL);
INSERT INTO events VALUES (38, 1795165290.1029916, 'trigger.queued', 'crashing', 11, NULL, 'waiting', '1 end in a row, the last after 200ms: exit status 1; next start in 1 s', NULL, NULL, NULL);
INSERT INTO events VALUES (39, 1795165290.1460006, 'run.ended', 'stopped', 2, 2, 'canceled', 'stopped on request', 'here', NULL, NULL);
INSERT INTO events VALUES (40, 1795165290.1470065, 'trigger.closed', 'stopped', 2, NULL, 'canceled', 'stopped on request', NULL, NULL, NULL);
INSERT INTO events VALUES (41, 1795165290.1470065, 'trigger.queued', 'drawn', 12, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (42, 1795165290.1480124, 'run.started', 'drawn', 12, 10, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (43, 1795165290.4040158, 'run.ended', 'drawn', 12, 10, 'succeeded', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (44, 1795165290.4040158, 'trigger.closed', 'drawn', 12, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (45, 1795165291.186993, 'run.started', 'crashing', 11, 11, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (46, 1795165291.8299987, 'run.ended', 'crashing', 11, 11, 'failed', 'exit status 1', 'here', NULL, NULL);
INSERT INTO events VALUES (47, 1795165291.8299987, 'trigger.closed', 'crashing', 11, NULL, 'failed', 'exit status 1', NULL, NULL, NULL);
INSERT INTO events VALUES (48, 1795165291.8310046, 'trigger.queued', 'crashing', 13, NULL, 'waiting', '2 ends in a row, the last after 300ms: exit status 1; next start in 2 s', NULL, NULL, NULL);
INSERT INTO events VALUES (49, 1795165293.8569844, 'trigger.queued', 'add', 14, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (50, 1795165294.3640022, 'run.started', 'crashing', 13, 12, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (51, 1795165294.7100072, 'run.started', 'add', 14, 13, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (52, 1795165295.5190153, 'run.ended', 'crashing', 13, 12, 'failed', 'exit status 1', 'here', NULL, NULL);
INSERT INTO events VALUES (53, 1795165295.5190153, 'trigger.closed', 'crashing', 13, NULL, 'failed', 'exit status 1', NULL, NULL, NULL);
INSERT INTO events VALUES (54, 1795165295.5190153, 'trigger.queued', 'crashing', 15, NULL, 'waiting', '3 ends in a row, the last after 400ms: exit status 1; next start in 4 s', NULL, NULL, NULL);
INSERT INTO events VALUES (55, 1795165296.698007, 'run.ended', 'add', 14, 13, 'succeeded', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (56, 1795165296.7330098, 'trigger.closed', 'add', 14, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (57, 1795165299.5189934, 'run.started', 'crashing', 15, 14, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (58, 1795165300.241983, 'run.ended', 'crashing', 15, 14, 'failed', 'exit status 1', 'here', NULL, NULL);
INSERT INTO events VALUES (59, 1795165300.241983, 'trigger.closed', 'crashing', 15, NULL, 'failed', 'exit status 1', NULL, NULL, NULL);
INSERT INTO events VALUES (60, 1795165300.2429888, 'trigger.queued', 'crashing', 16, NULL, 'waiting', '4 ends in a row, the last after 200ms: exit status 1; next start in 8 s', NULL, NULL, NULL);
INSERT INTO events VALUES (61, 1795165300.5510137, 'trigger.queued', 'talk', 17, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (62, 1795165300.875011, 'run.started', 'talk', 17, 15, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (63, 1795165302.1040127, 'run.progress', 'talk', 17, 15, 'running', NULL, 'here', 0.4, 'half');
INSERT INTO events VALUES (64, 1795165302.3180127, 'run.ended', 'talk', 17, 15, 'succeeded', NULL, 'here', 0.4, 'half');
INSERT INTO events VALUES (65, 1795165302.3709998, 'trigger.closed', 'talk', 17, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (66, 1795165305.6600184, 'trigger.queued', 'fail', 18, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (67, 1795165306.0149953, 'run.started', 'fail', 18, 16, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (68, 1795165306.8250089, 'run.ended', 'fail', 18, 16, 'failed', 'exit status 3', 'here', NULL, NULL);
INSERT INTO events VALUES (69, 1795165307.799013, 'run.started', 'fail', 18, 17, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (70, 1795165308.3020077, 'run.started', 'crashing', 16, 18, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (71, 1795165308.6460009, 'run.ended', 'fail', 18, 17, 'failed', 'exit status 3', 'here', NULL, NULL);
INSERT INTO events VALUES (72, 1795165308.6480126, 'trigger.closed', 'fail', 18, NULL, 'failed', 'exit status 3', NULL, NULL, NULL);
INSERT INTO events VALUES (73, 1795165308.9790106, 'run.ended', 'crashing', 16, 18, 'failed', 'exit status 1', 'here', NULL, NULL);
INSERT INTO events VALUES (74, 1795165309.0579882, 'trigger.closed', 'crashing', 16, NULL, 'failed', 'exit status 1', NULL, NULL, NULL);
INSERT INTO events VALUES (75, 1795165309.058994, 'trigger.queued', 'crashing', 19, NULL, 'waiting', 'crash loop: 5 ends in a row, the last after 200ms: exit status 1; next start in 16 s', NULL, NULL, NULL);
INSERT INTO events VALUES (76, 1795165309.4849825, 'trigger.queued', 'talk', 20, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (77, 1795165315.2979865, 'trigger.queued', 'gpu_only', 21, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (78, 1795165320.9620073, 'trigger.queued', 'off', 22, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (79, 1795165322.4169984, 'trigger.queued', 'add', 23, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (80, 1795165322.619009, 'run.started', 'add', 23, 19, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (81, 1795165323.138982, 'run.ended', 'add', 23, 19, 'succeeded', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (82, 1795165323.138982, 'trigger.closed', 'add', 23, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (83, 1795165325.4449844, 'run.started', 'crashing', 19, 20, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (84, 1795165325.8700073, 'run.ended', 'crashing', 19, 20, 'failed', 'exit status 1', 'here', NULL, NULL);
INSERT INTO events VALUES (85, 1795165326.0819957, 'trigger.closed', 'crashing', 19, NULL, 'failed', 'exit status 1', NULL, NULL, NULL);
INSERT INTO events VALUES (86, 1795165326.0830016, 'trigger.queued', 'crashing', 24, NULL, 'waiting', 'crash loop: 6 ends in a row, the last after 100ms: exit status 1; next start in 32 s', NULL, NULL, NULL);
INSERT INTO events VALUES (87, 1796045558.9999824, 'trigger.queued', 'add', 25, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (88, 1796045559.0349853, 'trigger.queued', 'add', 26, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (89, 1796045559.0880127, 'trigger.queued', 'add', 27, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (90, 1796045559.1280043, 'trigger.queued', 'add', 28, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (91, 1796045559.1599896, 'trigger.queued', 'nobody', 29, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (92, 1796045559.2040048, 'trigger.queued', CAST(x'00ff' AS TEXT), 30, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (93, 1796045559.2240005, 'trigger.queued', '7', 31, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (94, 1796045559.2439964, 'trigger.queued', 'talk', 32, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (95, 1796045559.3070016, 'trigger.queued', 'talk', 33, NULL, 'odd', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (96, 1796045559.3510165, 'trigger.queued', 'add', 34, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (97, 1795165341.300018, 'trigger.closed', 'add', 26, NULL, 'failed', 'args: not JSON; expected an array such as ["a", 1]', NULL, NULL, NULL);
INSERT INTO events VALUES (98, 1795165341.300018, 'trigger.closed', 'add', 27, NULL, 'failed', 'priority: expected a whole number, found text', NULL, NULL, NULL);
INSERT INTO events VALUES (99, 1795165341.300018, 'trigger.closed', 'add', 28, NULL, 'failed', 'run_at: expected Unix seconds (a number), found text', NULL, NULL, NULL);
INSERT INTO events VALUES (100, 1795165341.4279997, 'trigger.closed', 'nobody', 29, NULL, 'failed', 'no device has a job named "nobody" in its list.', NULL, NULL, NULL);
INSERT INTO events VALUES (101, 1795165341.4279997, 'trigger.closed', CAST(x'00ff' AS TEXT), 30, NULL, 'failed', 'job_name: expected the name of a job, found blob', NULL, NULL, NULL);
INSERT INTO events VALUES (102, 1795165341.4279997, 'trigger.closed', '7', 31, NULL, 'failed', 'no device has a job named "7" in its list.', NULL, NULL, NULL);
INSERT INTO events VALUES (103, 1795165341.4290056, 'run.started', 'add', 25, 21, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (104, 1795165341.4300113, 'run.started', 'talk', 32, 22, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (105, 1795165341.4469898, 'run.started', 'talk', 33, 23, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (106, 1795165341.5029943, 'run.started', 'add', 34, 24, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (107, 1796045559.7069993, 'trigger.closed', 'add', 35, NULL, '9', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (108, 1795165342.5560162, 'run.ended', 'add', 34, 24, 'failed', 'TypeError: can only concatenate str (not "int") to str', 'here', NULL, NULL);
INSERT INTO events VALUES (109, 1795165342.5560162, 'trigger.closed', 'add', 34, NULL, 'failed', 'TypeError: can only concatenate str (not "int") to str', NULL, NULL, NULL);
INSERT INTO events VALUES (110, 1795165342.5560162, 'run.ended', 'add', 25, 21, 'succeeded', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (111, 1795165342.5560162, 'trigger.closed', 'add', 25, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (112, 1795165342.7179947, 'run.ended', 'web', 1, 1, 'canceled', 'the daemon was stopped', 'here', NULL, NULL);
INSERT INTO events VALUES (113, 1795165342.7980185, 'run.ended', 'talk', 33, 23, 'canceled', 'the daemon was stopped', 'here', NULL, NULL);
INSERT INTO events VALUES (114, 1795165342.9010153, 'run.ended', 'talk', 32, 22, 'canceled', 'the daemon was stopped', 'here', NULL, NULL);
INSERT INTO events VALUES (115, 1795165343.0689886, 'device.offline', NULL, NULL, NULL, NULL, NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (116, 1796045566.9319854, 'trigger.queued', 'add', 36, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (117, 1796045566.9790177, 'trigger.queued', 'add', 37, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (118, 1796045567.0099974, 'trigger.queued', 'talk', 38, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (119, 1796045567.1469913, 'job.paused', 'nobody', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (120, 1796045567.1570091, 'trigger.queued', 'add', 9223372036854775807, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO schedules VALUES ('daily18', 'daily at 18:00 (UTC)', 1795164904.739204, NULL);
INSERT INTO schedules VALUES ('daily9', 'daily at 09:00 (UTC)', 1795165200.0, NULL);
INSERT INTO schedules VALUES ('drawn', 'daily at random between 09:00 and 09:01 (UTC)', 1795165237.094, NULL);
INSERT INTO schedules VALUES ('drawn_later', 'daily at random between 19:00 and 23:00 (UTC)', 1795164904.739204, NULL);
INSERT INTO schedules VALUES ('half_hourly', 'every 30 min', 1795164904.739204, NULL);
INSERT INTO schedules VALUES ('paused9', 'daily at 09:00 (UTC)', 1795165200.0, NULL);
INSERT INTO schedules VALUES ('quarterly', 'cron "*/15 * * * *" (UTC)', 1795165200.0, NULL);
INSERT INTO job_health VALUES ('add', NULL, 0, 0, 0, 'fs', 0.0, NULL, 0.0, 1795165342.555745, 1795165342.555745, 'TypeError: can only concatenate str (not "int") to str', 24);
INSERT INTO job_health VALUES ('crashing', 1795165290.0348, 6, 6, 1, '', 0.4004439, NULL, 128.0, 1795165325.830388, 1795165290.0348, 'exit status 1', 20);
INSERT INTO job_health VALUES ('fail', 1795165308.638922, 1, 0, 0, 'f', 0.0, NULL, 0.0, 1795165308.638922, NULL, 'exit status 3', 17);
INSERT INTO sqlite_sequence VALUES ('events', 120);
INSERT INTO sqlite_sequence VALUES ('logs', 30);
INSERT INTO sqlite_sequence VALUES ('triggers', 9223372036854775807);
INSERT INTO sqlite_sequence VALUES ('runs', 24);
INSERT INTO sqlite_sequence VALUES ('notices', 2);
CREATE TRIGGER audit_only_grows BEFORE INSERT ON audit WHEN new.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit) BEGIN SELECT RAISE(ABORT, 'the audit can only be added to'); END;
CREATE TRIGGER audit_is_not_altered BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit cannot be altered'); END;
CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit cannot be removed'); END;
CREATE INDEX notices_open ON notices (device, due) WHERE closed IS NULL;
CREATE INDEX notices_by_age ON notices (closed) WHERE closed IS NOT NULL;
CREATE INDEX notices_told ON notices (job_name, event, channel, created);
CREATE INDEX triggers_ready ON triggers (coalesce(priority, 0) DESC, id) WHERE processed IS NULL AND status = 'queued';
CREATE INDEX triggers_ready_by_job ON triggers (job_name, coalesce(priority, 0) DESC, id) WHERE processed IS NULL AND status = 'queued';
CREATE INDEX triggers_due ON triggers (due) WHERE processed IS NULL AND status = 'waiting' AND due IS NOT NULL;
CREATE INDEX triggers_held ON triggers (job_name) WHERE processed IS NULL AND status = 'waiting' AND due IS NULL;
CREATE INDEX triggers_odd ON triggers (id) WHERE processed IS NULL AND status NOT IN ('queued', 'waiting', 'running');
CREATE UNIQUE INDEX triggers_dedup_key ON triggers (dedup_key) WHERE dedup_key IS NOT NULL;
CREATE INDEX triggers_open_occurrences ON triggers (job_name, source) WHERE processed IS NULL AND source <> 'insert';
CREATE UNIQUE INDEX triggers_one_always ON triggers (job_name) WHERE processed IS NULL AND source = 'always';
CREATE INDEX triggers_closed ON triggers (job_name, dedup_key IS NOT NULL) WHERE processed IS NOT NULL;
CREATE INDEX runs_by_trigger ON runs (trigger_id);
CREATE INDEX runs_by_job ON runs (job_name, id);
CREATE INDEX runs_going_on ON runs (job_name, device) WHERE status = 'running';
CREATE INDEX runs_to_stop ON runs (device) WHERE status = 'running' AND stop_request IS NOT NULL;
CREATE INDEX idempotency_by_age ON idempotency (created);
CREATE INDEX logs_by_run ON logs (run_id, id) WHERE run_id IS NOT NULL;
CREATE TRIGGER events_kept AFTER INSERT ON events WHEN NEW.id % 1000 = 0 BEGIN
    DELETE FROM events WHERE id <= NEW.id - 50000;
END;
CREATE TRIGGER event_trigger_made AFTER INSERT ON triggers BEGIN
    INSERT INTO events (kind, job_name, trigger_id, status, reason) VALUES (CASE WHEN NEW.processed IS NULL THEN 'trigger.queued' ELSE 'trigger.closed' END, CAST(NEW.job_name AS TEXT), NEW.id, CAST(NEW.status AS TEXT), CAST(NEW.reason AS TEXT));
END;
CREATE TRIGGER event_trigger_closed AFTER UPDATE OF processed ON triggers WHEN OLD.processed IS NULL AND NEW.processed IS NOT NULL BEGIN
    INSERT INTO events (kind, job_name, trigger_id, status, reason) VALUES ('trigger.closed', CAST(NEW.job_name AS TEXT), NEW.id, CAST(NEW.status AS TEXT), CAST(NEW.reason AS TEXT));
END;
CREATE TRIGGER event_run_started AFTER INSERT ON runs BEGIN
    INSERT INTO events (kind, job_name, trigger_id, run_id, status, reason, device, progress, progress_text) VALUES ('run.started', NEW.job_name, NEW.trigger_id, NEW.id, NEW.status, NEW.reason, NEW.device, NEW.progress, NEW.progress_text);
END;
CREATE TRIGGER event_run_progress AFTER UPDATE OF progress, progress_text ON runs
WHEN OLD.progress IS NOT NEW.progress OR OLD.progress_text IS NOT NEW.progress_text BEGIN
    INSERT INTO events (kind, job_name, trigger_id, run_id, status, reason, device, progress, progress_text) VALUES ('run.progress', NEW.job_name, NEW.trigger_id, NEW.id, NEW.status, NEW.reason, NEW.device, NEW.progress, NEW.progress_text);
END;
CREATE TRIGGER event_run_ended AFTER UPDATE OF status ON runs WHEN OLD.status = 'running' AND NEW.status <> 'running' BEGIN
    INSERT INTO events (kind, job_name, trigger_id, run_id, status, reason, device, progress, progress_text) VALUES ('run.ended', NEW.job_name, NEW.trigger_id, NEW.id, NEW.status, NEW.reason, NEW.device, NEW.progress, NEW.progress_text);
END;
CREATE TRIGGER event_job_resumed AFTER DELETE ON holds BEGIN INSERT INTO events (kind, job_name) VALUES ('job.resumed', CAST(OLD.job_name AS TEXT)); END;
CREATE TRIGGER event_device_new AFTER INSERT ON devices BEGIN INSERT INTO events (kind, device) VALUES ('device.' || NEW.status, NEW.device); END;
CREATE TRIGGER event_device_changed AFTER UPDATE OF status, boot_id ON devices WHEN OLD.status IS NOT NEW.status OR OLD.boot_id IS NOT NEW.boot_id BEGIN INSERT INTO events (kind, device) VALUES ('device.' || NEW.status, NEW.device); END;
CREATE TRIGGER event_job_held AFTER INSERT ON holds BEGIN INSERT INTO events (kind, job_name) VALUES (CASE NEW.kind WHEN 'stopped' THEN 'job.stopped' WHEN 'ended' THEN 'job.ended' ELSE 'job.paused' END, CAST(NEW.job_name AS TEXT)); END;
CREATE TRIGGER event_job_held_otherwise AFTER UPDATE OF kind ON holds WHEN OLD.kind IS NOT NEW.kind BEGIN INSERT INTO events (kind, job_name) VALUES (CASE NEW.kind WHEN 'stopped' THEN 'job.stopped' WHEN 'ended' THEN 'job.ended' ELSE 'job.paused' END, CAST(NEW.job_name AS TEXT)); END;
COMMIT;
