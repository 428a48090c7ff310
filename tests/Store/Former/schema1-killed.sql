-- The database of schema1, after SIGKILL (with a hot journal). Made by make.py; do not edit.
-- taken 2026-11-20T09:01:45Z
-- next quarterly 2026-11-20T09:15:00Z
-- next half_hourly 2026-11-20T09:25:00.503562Z
-- next daily18 2026-11-20T18:00:00Z
-- next drawn_later 2026-11-20T22:54:57.168Z
-- next daily9 2026-11-21T09:00:00Z
-- next drawn 2026-11-21T09:00:49.107Z
PRAGMA page_size = 4096;
PRAGMA auto_vacuum = 2;
PRAGMA application_id = 0;
PRAGMA user_version = 1;
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
    processed REAL, status TEXT NOT NULL DEFAULT 'queued', reason TEXT, note TEXT, priority INTEGER, run_at REAL, dedup_key TEXT, source TEXT NOT NULL DEFAULT 'insert', occurrence REAL, attempt INTEGER NOT NULL DEFAULT 0, due REAL, traceparent TEXT);
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
CREATE TABLE schedules (
    job_name TEXT PRIMARY KEY,
    schedule TEXT NOT NULL,
    cursor REAL NOT NULL);
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
    fingerprint TEXT,
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
INSERT INTO jobs VALUES ('web', 'running', 'here', 1795165304.084695, NULL, 20);
INSERT INTO jobs VALUES ('stopped', 'stopped', 'here', 1795165200.189154, NULL, 2);
INSERT INTO jobs VALUES ('crashing', 'running', 'here', 1795165304.084695, NULL, 21);
INSERT INTO jobs VALUES ('half_hourly', 'completed', 'here', 1795164900.826449, NULL, 4);
INSERT INTO jobs VALUES ('daily9', 'completed', 'here', 1795165200.255104, NULL, 6);
INSERT INTO jobs VALUES ('quarterly', 'completed', 'here', 1795165200.255104, NULL, 7);
INSERT INTO jobs VALUES ('drawn', 'completed', 'here', 1795165290.218183, NULL, 9);
INSERT INTO jobs VALUES ('add', 'running', 'here', 1795165304.084695, NULL, 24);
INSERT INTO jobs VALUES ('talk', 'running', 'here', 1795165304.084695, NULL, 23);
INSERT INTO jobs VALUES ('fail', 'failed', 'here', 1795165295.434573, NULL, 14);
INSERT INTO jobs VALUES ('slow', 'running', 'here', 1795165304.201494, NULL, 25);
INSERT INTO logs VALUES (1, 1795164900.349112, 'INFO', 'The API is at http://127.0.0.1:46985.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (2, 1795164900.40336, 'INFO', 'AIOS 0.1.0 runs 17 jobs from /tmp/aios-former-655oalg7/Jobs as device "here" (no tags).', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (3, 1795164900.404299, 'INFO', 'The audit ends with 2:c1de7aa230644f25d6e8c823f05aea60f2dbd0d9ad0d781f6a20c5a0cf81cdfd.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (4, 1795165291.510351, 'INFO', 'adding 1 and 2', 'here', 'add', 10, 'stdout');
INSERT INTO logs VALUES (5, 1795165292.824413, 'INFO', 'one', 'here', 'talk', 11, 'stdout');
INSERT INTO logs VALUES (6, 1795165292.833078, 'WARNING', 'zwei ü', 'here', 'talk', 11, 'stderr');
INSERT INTO logs VALUES (7, 1795165293.986236, 'INFO', 'broken', 'here', 'fail', 12, 'stdout');
INSERT INTO logs VALUES (8, 1795165295.206177, 'INFO', 'broken', 'here', 'fail', 14, 'stdout');
INSERT INTO logs VALUES (9, 1795165295.751325, 'WARNING', 'A notice of job "fail" (failure) could not be told by command 1b63fc28: sh: exit status 1. It is tried again, for a day.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (10, 1795165295.986472, 'INFO', 'adding 3 and 4', 'here', 'add', 15, 'stdout');
INSERT INTO logs VALUES (11, 1795165299.754523, 'INFO', 'The log level is debug now.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (12, 1795165299.882776, 'DEBUG', 'Claimed add#16: attempt 1 of trigger 20 (insert), 32 ms after it could run; trace 0af7651916cd43dd8448eb211c80319c.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (13, 1795165299.969499, 'INFO', 'adding 5 and 1', 'here', 'add', 16, 'stdout');
INSERT INTO logs VALUES (14, 1795165300.380161, 'DEBUG', 'Claimed talk#17: attempt 1 of trigger 27 (insert), -6 ms after it could run; trace e02aa7b6de7a4aa86200f9615e3a9020.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (15, 1795165300.380389, 'DEBUG', 'Claimed talk#18: attempt 1 of trigger 28 (me), 1795165299883 ms after it could run; trace 52e6e02af4da9c5bbe48df04263d8dbc.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (16, 1795165300.380401, 'DEBUG', 'Claimed add#19: attempt 1 of trigger 29 (insert), -880174098 ms after it could run; trace 2c49150b519e98ef064ca22aeab0590a.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (17, 1795165300.404065, 'INFO', 'one', 'here', 'talk', 18, 'stdout');
INSERT INTO logs VALUES (18, 1795165300.415113, 'WARNING', 'zwei ü', 'here', 'talk', 18, 'stderr');
INSERT INTO logs VALUES (19, 1795165300.490005, 'INFO', 'one', 'here', 'talk', 17, 'stdout');
INSERT INTO logs VALUES (20, 1795165300.503883, 'INFO', 'SIGTERM: ending; programs get TERM and their grace. A second signal ends them at once.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (21, 1795165300.529196, 'WARNING', 'zwei ü', 'here', 'talk', 17, 'stderr');
INSERT INTO logs VALUES (22, 1795165300.543985, 'INFO', 'adding � and 1', 'here', 'add', 19, 'stdout');
INSERT INTO logs VALUES (23, 1795165301.525184, 'INFO', 'AIOS has ended.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (24, 1795165304.017025, 'INFO', 'The API is at http://127.0.0.1:46985.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (25, 1795165304.035268, 'INFO', 'AIOS 0.1.0 runs 17 jobs from /tmp/aios-former-655oalg7/Jobs as device "here" (no tags).', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (26, 1795165304.035642, 'INFO', 'The audit ends with 20:180648c07f004d315ef88de2213bfa868505623453872f6c398a53a019d3a935.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (27, 1795165304.176324, 'INFO', 'The log level is debug now.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (28, 1795165304.201332, 'DEBUG', 'Claimed web#20: attempt 1 of trigger 1 (always), 403581 ms after it could run; trace e4e83be3b277f2ee4ea00b30adf536e4.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (29, 1795165304.201356, 'DEBUG', 'Claimed crashing#21: attempt 5 of trigger 16 (always), 9629 ms after it could run; trace 8d273dbcc7615bf56f6500554818c5eb.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (30, 1795165304.201368, 'DEBUG', 'Claimed talk#22: attempt 1 of trigger 27 (insert), 4195 ms after it could run; trace e02aa7b6de7a4aa86200f9615e3a9020.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (31, 1795165304.201385, 'DEBUG', 'Claimed talk#23: attempt 1 of trigger 28 (me), 1795165304085 ms after it could run; trace 52e6e02af4da9c5bbe48df04263d8dbc.', 'here', NULL, NULL, NULL);
INSERT INTO logs VALUES (32, 1795165304.201399, 'DEBUG', 'Claimed add#24: attempt 1 of trigger 29 (insert), -880169896 ms after it could run; trace 2c49150b519e98ef064ca22aeab0590a.', 'here', NULL, NULL, NULL);
INSERT INTO triggers VALUES (1, 'web', '[]', '{}', 1795164900.503562, NULL, 'running', NULL, NULL, 0, NULL, NULL, 'always', NULL, 1, NULL, NULL);
INSERT INTO triggers VALUES (2, 'stopped', '[]', '{}', 1795164900.503562, 1795165200.189154, 'canceled', 'stopped on request', NULL, 0, NULL, NULL, 'always', NULL, 1, NULL, NULL);
INSERT INTO triggers VALUES (3, 'crashing', '[]', '{}', 1795164900.503562, 1795164900.826449, 'failed', 'exit status 1', NULL, 0, NULL, NULL, 'always', NULL, 1, NULL, NULL);
INSERT INTO triggers VALUES (4, 'half_hourly', '[]', '{}', 1795164900.503562, 1795164900.826449, 'succeeded', NULL, NULL, 0, NULL, 'occurrence:half_hourly@1795164900503', 'schedule', 1795164900.503562, 1, NULL, NULL);
INSERT INTO triggers VALUES (5, 'crashing', '[]', '{}', 1795164900.826449, 1795165200.255104, 'failed', 'exit status 1', 'run 3 failed: exit status 1', 0, NULL, NULL, 'always', NULL, 2, NULL, NULL);
INSERT INTO triggers VALUES (6, 'daily9', '[]', '{}', 1795165200.004574, 1795165200.255104, 'succeeded', NULL, NULL, 0, NULL, 'occurrence:daily9@2026-11-20', 'schedule', 1795165200.0, 1, NULL, NULL);
INSERT INTO triggers VALUES (7, 'paused9', '[]', '{}', 1795165200.004574, 1795165200.004574, 'skipped', 'paused; `aios resume paused9` lets it run', NULL, 0, NULL, 'occurrence:paused9@2026-11-20', 'schedule', 1795165200.0, 0, NULL, NULL);
INSERT INTO triggers VALUES (8, 'quarterly', '[]', '{}', 1795165200.004574, 1795165200.255104, 'succeeded', NULL, NULL, 0, NULL, 'occurrence:quarterly@1795165200000', 'schedule', 1795165200.0, 1, NULL, NULL);
INSERT INTO triggers VALUES (9, 'crashing', '[]', '{}', 1795165200.255104, 1795165290.171032, 'failed', 'exit status 1', 'run 5 failed: exit status 1', 0, NULL, NULL, 'always', NULL, 3, NULL, NULL);
INSERT INTO triggers VALUES (10, 'drawn', '[]', '{}', 1795165290.008282, 1795165290.218183, 'succeeded', NULL, 'Makes up for 1 missed occurrence (2026-11-20 09:00:10 UTC).', 0, NULL, 'occurrence:drawn@2026-11-20', 'catch_up', 1795165210.106, 1, NULL, NULL);
INSERT INTO triggers VALUES (11, 'crashing', '[]', '{}', 1795165290.171032, 1795165294.455225, 'failed', 'exit status 1', 'run 8 failed: exit status 1', 0, NULL, NULL, 'always', NULL, 4, NULL, NULL);
INSERT INTO triggers VALUES (12, 'add', '[1, 2]', '{}', 1795165290.710533, 1795165291.799228, 'succeeded', NULL, NULL, NULL, NULL, NULL, 'cli', NULL, 1, NULL, NULL);
INSERT INTO triggers VALUES (13, 'talk', '[]', '{}', 1795165292.32517, 1795165293.130186, 'succeeded', NULL, NULL, NULL, NULL, NULL, 'cli', NULL, 1, NULL, NULL);
INSERT INTO triggers VALUES (14, 'fail', '[]', '{"who":"ada"}', 1795165293.673725, 1795165295.434573, 'failed', 'exit status 3', NULL, NULL, NULL, NULL, 'cli', NULL, 2, NULL, NULL);
INSERT INTO triggers VALUES (15, 'talk', '[]', '{}', 1795165293.992662, NULL, 'waiting', 'until its run_at', NULL, 7, 1795341600.0, 'in two days', 'cli', NULL, 0, 1795341600.0, NULL);
INSERT INTO triggers VALUES (16, 'crashing', '[]', '{}', 1795165294.455225, NULL, 'running', NULL, 'run 13 failed: exit status 1', 0, NULL, NULL, 'always', NULL, 5, NULL, NULL);
INSERT INTO triggers VALUES (17, 'gpu_only', '[]', '{}', 1795165294.608122, NULL, 'waiting', 'needs a device with the tag gpu; none that is online has it', NULL, NULL, NULL, NULL, 'cli', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (18, 'off', '[]', '{}', 1795165295.100531, NULL, 'waiting', 'the job is disabled in the list', NULL, NULL, NULL, NULL, 'cli', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (19, 'add', '[3, 4]', '{}', 1795165295.55538, 1795165296.26884, 'succeeded', NULL, NULL, NULL, NULL, NULL, 'api', NULL, 1, NULL, NULL);
INSERT INTO triggers VALUES (20, 'add', '[5]', '{}', 1795165299.3260279, 1795165300.519674, 'succeeded', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 1, NULL, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
INSERT INTO triggers VALUES (21, 'add', 'no JSON', '{}', 1795165299.389269, 1795165299.882956, 'failed', 'args: not JSON; expected an array such as ["a", 1]', NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (22, 'add', '[1]', '{}', 1795165299.5303907, 1795165299.882956, 'failed', 'priority: expected a whole number, found text', NULL, 'high', NULL, NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (23, 'add', '[1]', '{}', 1795165299.675901, 1795165299.882956, 'failed', 'run_at: expected Unix seconds (a number), found text', NULL, NULL, 'tomorrow', NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (24, 'nobody', '[]', '{}', 1795165299.7669091, 1795165299.882956, 'failed', 'no device has a job named "nobody" in its list.', NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (25, x'00ff', '[]', '{}', 1795165299.8011112, 1795165299.882956, 'failed', 'job_name: expected the name of a job, found blob', NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (26, '7', '[]', '{}', 1795165299.8102858, 1795165299.882956, 'failed', 'no device has a job named "7" in its list.', NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (27, 'talk', '[]', x'7b2261223a20317d', 1795165299.889442, NULL, 'running', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 1, NULL, NULL);
INSERT INTO triggers VALUES (28, 'talk', '[]', '{}', 'long ago', NULL, 'running', NULL, x'ff', NULL, NULL, NULL, 'me', NULL, 1, NULL, NULL);
INSERT INTO triggers VALUES (29, 'add', CAST(x'5b22ff225d' AS TEXT), '{}', 1796045473.981011, NULL, 'running', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 1, NULL, NULL);
INSERT INTO triggers VALUES (30, 'add', '[]', '{}', 1796045474.0109847, 'yes', '9', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (31, 'slow', '[]', '{}', 1795165304.1946304, NULL, 'running', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 1, NULL, NULL);
INSERT INTO triggers VALUES (32, 'slow', '[]', '{}', 1795165304.3782203, NULL, 'queued', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (33, 'add', '[0]', '{}', 1795165305.0176287, NULL, 'queued', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (34, 'add', '[1]', '{}', 1795165305.0381722, NULL, 'queued', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (35, 'add', '[2]', '{}', 1795165305.0585275, NULL, 'queued', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (36, 'add', '[3]', '{}', 1795165305.0738938, NULL, 'queued', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (37, 'add', '[4]', '{}', 1795165305.0911999, NULL, 'queued', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (38, 'add', '[5]', '{}', 1795165305.1025705, NULL, 'queued', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (39, 'add', '[6]', '{}', 1795165305.1408138, NULL, 'queued', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO triggers VALUES (40, 'add', '[7]', '{}', 1795165305.1996844, NULL, 'queued', NULL, NULL, NULL, NULL, NULL, 'insert', NULL, 0, NULL, NULL);
INSERT INTO config VALUES ('database_id', '5901ae94a375e857e0bd854374ab73aa', 1795164900.1959934);
INSERT INTO config VALUES ('log_level', 'debug', 1795165298.95886);
INSERT INTO runs VALUES (1, 1, 'web', 1, 'canceled', 'the daemon was stopped', 'here', 'b5a844ee838542f2962af8026f5ff693', 28569, 86020, NULL, 1795164900.595348, 1795165301.004397, NULL, 15, NULL, NULL, NULL, NULL, 0.007609, NULL, 0);
INSERT INTO runs VALUES (2, 2, 'stopped', 1, 'canceled', 'stopped on request', 'here', 'b5a844ee838542f2962af8026f5ff693', 28570, 86021, NULL, 1795164900.638221, 1795165200.131571, NULL, 15, NULL, NULL, NULL, 'stop', 0.007281, NULL, 0);
INSERT INTO runs VALUES (3, 3, 'crashing', 1, 'failed', 'exit status 1', 'here', 'b5a844ee838542f2962af8026f5ff693', 28571, 86021, NULL, 1795164900.64351, 1795164900.763351, 1, NULL, NULL, NULL, NULL, NULL, 0.007317, NULL, 0);
INSERT INTO runs VALUES (4, 4, 'half_hourly', 1, 'succeeded', NULL, 'here', 'b5a844ee838542f2962af8026f5ff693', 28572, 86022, NULL, 1795164900.647269, 1795164900.756513, 0, NULL, NULL, NULL, NULL, NULL, 0.005373, NULL, 0);
INSERT INTO runs VALUES (5, 5, 'crashing', 2, 'failed', 'exit status 1', 'here', 'b5a844ee838542f2962af8026f5ff693', 28594, 86122, NULL, 1795165200.130364, 1795165200.194165, 1, NULL, NULL, NULL, NULL, NULL, 0.009546, NULL, 0);
INSERT INTO runs VALUES (6, 6, 'daily9', 1, 'succeeded', NULL, 'here', 'b5a844ee838542f2962af8026f5ff693', 28595, 86123, NULL, 1795165200.13623, 1795165200.195109, 0, NULL, NULL, NULL, NULL, NULL, 0.006865, NULL, 0);
INSERT INTO runs VALUES (7, 8, 'quarterly', 1, 'succeeded', NULL, 'here', 'b5a844ee838542f2962af8026f5ff693', 28600, 86128, NULL, 1795165200.177052, 1795165200.224544, 0, NULL, NULL, NULL, NULL, NULL, 0.00709, NULL, 0);
INSERT INTO runs VALUES (8, 9, 'crashing', 3, 'failed', 'exit status 1', 'here', 'b5a844ee838542f2962af8026f5ff693', 28609, 86151, NULL, 1795165290.107931, 1795165290.170236, 1, NULL, NULL, NULL, NULL, NULL, 0.006582, NULL, 0);
INSERT INTO runs VALUES (9, 10, 'drawn', 1, 'succeeded', NULL, 'here', 'b5a844ee838542f2962af8026f5ff693', 28610, 86153, NULL, 1795165290.111043, 1795165290.171026, 0, NULL, NULL, NULL, NULL, NULL, 0.008806, NULL, 0);
INSERT INTO runs VALUES (10, 12, 'add', 1, 'succeeded', NULL, 'here', 'b5a844ee838542f2962af8026f5ff693', 28628, 86258, NULL, 1795165290.860245, 1795165291.651342, 0, NULL, '3', NULL, NULL, NULL, 0.11778, NULL, 15);
INSERT INTO runs VALUES (11, 13, 'talk', 1, 'succeeded', NULL, 'here', 'b5a844ee838542f2962af8026f5ff693', 28652, 86416, NULL, 1795165292.732144, 1795165293.11637, 0, NULL, NULL, 0.4, 'half', NULL, 0.06575, NULL, 12);
INSERT INTO runs VALUES (12, 14, 'fail', 1, 'failed', 'exit status 3', 'here', 'b5a844ee838542f2962af8026f5ff693', 28685, 86537, NULL, 1795165293.966269, 1795165294.022387, 3, NULL, NULL, NULL, NULL, NULL, 0.005826, NULL, 7);
INSERT INTO runs VALUES (13, 11, 'crashing', 4, 'failed', 'exit status 1', 'here', 'b5a844ee838542f2962af8026f5ff693', 28692, 86574, NULL, 1795165294.338072, 1795165294.403675, 1, NULL, NULL, NULL, NULL, NULL, 0.008835, NULL, 0);
INSERT INTO runs VALUES (14, 14, 'fail', 2, 'failed', 'exit status 3', 'here', 'b5a844ee838542f2962af8026f5ff693', 28713, 86655, NULL, 1795165295.154821, 1795165295.346376, 3, NULL, NULL, NULL, NULL, NULL, 0.006215, NULL, 7);
INSERT INTO runs VALUES (15, 19, 'add', 1, 'succeeded', NULL, 'here', 'b5a844ee838542f2962af8026f5ff693', 28632, 86295, NULL, 1795165295.830338, 1795165296.067254, 0, NULL, '7', NULL, NULL, NULL, 0.0383, NULL, 15);
INSERT INTO runs VALUES (16, 20, 'add', 1, 'succeeded', NULL, 'here', 'b5a844ee838542f2962af8026f5ff693', 28746, 86731, NULL, 1795165299.890929, 1795165300.38331, 0, NULL, '6', NULL, NULL, NULL, 0.033112, NULL, 15);
INSERT INTO runs VALUES (17, 27, 'talk', 1, 'canceled', 'the daemon was stopped', 'here', 'b5a844ee838542f2962af8026f5ff693', 28829, 87181, NULL, 1795165300.382177, 1795165301.006625, NULL, 15, NULL, 0.4, 'half', NULL, 0.076651, NULL, 12);
INSERT INTO runs VALUES (18, 28, 'talk', 1, 'canceled', 'the daemon was stopped', 'here', 'b5a844ee838542f2962af8026f5ff693', 28827, 87179, NULL, 1795165300.388881, 1795165300.938091, 0, NULL, NULL, 0.4, 'half', NULL, 0.086648, NULL, 12);
INSERT INTO runs VALUES (19, 29, 'add', 1, 'canceled', 'the daemon was stopped', 'here', 'b5a844ee838542f2962af8026f5ff693', 28820, 87133, NULL, 1795165300.383444, 1795165300.934264, NULL, 15, NULL, NULL, NULL, NULL, 0.057265, NULL, 17);
INSERT INTO runs VALUES (20, 1, 'web', 1, 'running', NULL, 'here', 'ef845afecb054b43aa7db7a7fc4eef57', NULL, NULL, NULL, 1795165304.084695, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO runs VALUES (21, 16, 'crashing', 5, 'running', NULL, 'here', 'ef845afecb054b43aa7db7a7fc4eef57', NULL, NULL, NULL, 1795165304.084695, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO runs VALUES (22, 27, 'talk', 1, 'running', NULL, 'here', 'ef845afecb054b43aa7db7a7fc4eef57', NULL, NULL, NULL, 1795165304.084695, NULL, NULL, NULL, NULL, 0.4, 'half', NULL, NULL, NULL, NULL);
INSERT INTO runs VALUES (23, 28, 'talk', 1, 'running', NULL, 'here', 'ef845afecb054b43aa7db7a7fc4eef57', NULL, NULL, NULL, 1795165304.084695, NULL, NULL, NULL, NULL, 0.4, 'half', NULL, NULL, NULL, NULL);
INSERT INTO runs VALUES (24, 29, 'add', 1, 'running', NULL, 'here', 'ef845afecb054b43aa7db7a7fc4eef57', NULL, NULL, NULL, 1795165304.084695, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO runs VALUES (25, 31, 'slow', 1, 'running', NULL, 'here', 'ef845afecb054b43aa7db7a7fc4eef57', NULL, NULL, NULL, 1795165304.201494, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO holds VALUES ('paused9', 'paused', 1795164900.858007);
INSERT INTO holds VALUES ('stopped', 'stopped', 1795164901.43919);
INSERT INTO state VALUES ('', 'mails', '3', 1795165296.794252);
INSERT INTO state VALUES ('add', 'limits', '[1, 2]', 1795165296.021966);
INSERT INTO schedules VALUES ('daily9', 'daily at 09:00 (UTC)', 1795165200.0);
INSERT INTO schedules VALUES ('daily18', 'daily at 18:00 (UTC)', 1795164900.503562);
INSERT INTO schedules VALUES ('paused9', 'daily at 09:00 (UTC)', 1795165200.0);
INSERT INTO schedules VALUES ('half_hourly', 'every 30 min', 1795164900.503562);
INSERT INTO schedules VALUES ('quarterly', 'cron "*/15 * * * *" (UTC)', 1795165200.0);
INSERT INTO schedules VALUES ('drawn', 'daily at random between 09:00 and 09:01 (UTC)', 1795165210.106);
INSERT INTO schedules VALUES ('drawn_later', 'daily at random between 19:00 and 23:00 (UTC)', 1795164900.503562);
INSERT INTO devices VALUES ('here', 'ef845afecb054b43aa7db7a7fc4eef57', 'online', '', 28869, '930302bc-9ebd-46ee-a7e2-ebb9ad7f0ce2 pid:[4026531836]', '7a0adbae4c84487aa8878dae673d053c', '0.1.0', 10, 1795165303.687094, 1795165304.084695, NULL, NULL);
INSERT INTO device_jobs VALUES ('here', 'add', 1, '{"name":"add","type":"trigger","file":"add.py","function":"add"}', '13e96f5ce8362479eec75ad2226cb992');
INSERT INTO device_jobs VALUES ('here', 'crashing', 1, '{"name":"crashing","type":"always","command":["false"]}', '2449056413815d599ab9df793356ea30');
INSERT INTO device_jobs VALUES ('here', 'daily18', 1, '{"name":"daily18","type":"daily","command":["true"],"time":"18:00"}', 'ccfb5faa3cd7f6044f460c4b33afbb54');
INSERT INTO device_jobs VALUES ('here', 'daily9', 1, '{"name":"daily9","type":"daily","command":["true"],"time":"09:00","deadline":"1d2h"}', 'e8da2eb2b7eb385f77c657c8e92c1061');
INSERT INTO device_jobs VALUES ('here', 'drawn', 1, '{"name":"drawn","type":"random_daily","command":["true"],"after_time":"09:00","before_time":"09:01"}', '6f2265679b962c82b83536c0f5097f13');
INSERT INTO device_jobs VALUES ('here', 'drawn_later', 1, '{"name":"drawn_later","type":"random_daily","command":["true"],"after_time":"19:00","before_time":"23:00"}', 'f00a396c48422163f272539033a9236e');
INSERT INTO device_jobs VALUES ('here', 'fail', 1, '{"name":"fail","type":"trigger","command":["sh","-c","echo broken; exit 3"],"retries":1,"backoff":"1s","notify":[{"command":["***"]},{"command":["***","***","***"],"on":["***"]}]}', '17c43f9e3b16aab870f63e74b3c822c8');
INSERT INTO device_jobs VALUES ('here', 'gpu_only', 0, '{"name":"gpu_only","type":"trigger","command":["true"],"tags":["gpu"]}', 'e5f25acd2bd3e293fd5bde53524519a4');
INSERT INTO device_jobs VALUES ('here', 'half_hourly', 1, '{"name":"half_hourly","type":"interval","command":["true"],"interval":"30m"}', 'e61ac2970e0f024c74dcdd4a05f981b4');
INSERT INTO device_jobs VALUES ('here', 'off', 0, '{"name":"off","type":"trigger","command":["true"],"enabled":false}', '32086cac26f03e9fa33107b85709564f');
INSERT INTO device_jobs VALUES ('here', 'paused9', 1, '{"name":"paused9","type":"daily","command":["true"],"time":"09:00"}', '8b71b3f35c1aa556caf36d98f0f44806');
INSERT INTO device_jobs VALUES ('here', 'quarterly', 1, '{"name":"quarterly","type":"cron","command":["true"],"cron":"*/15 * * * *"}', 'd74c6c80a8427bc2a209b4a31c7b9755');
INSERT INTO device_jobs VALUES ('here', 'quiet', 1, '{"name":"quiet","type":"idle","command":["true"]}', 'bec7230363b417fa8f4107e2318c9c69');
INSERT INTO device_jobs VALUES ('here', 'slow', 1, '{"name":"slow","type":"trigger","command":["sleep","600"],"max_parallel":1}', '8cee6c714551496b65f82d80e4462f6d');
INSERT INTO device_jobs VALUES ('here', 'stopped', 1, '{"name":"stopped","type":"always","command":["sleep","600"]}', '0c90c82afdc59180ce28e56a40a7244b');
INSERT INTO device_jobs VALUES ('here', 'talk', 1, '{"name":"talk","type":"trigger","description":"Says things","command":["sh","-c","echo one; echo \"zwei ü\" >&2; \"$AIOS_EXE\" progress 40% half"]}', '6177d352a93bee2a9cf9bb30943f4eb8');
INSERT INTO device_jobs VALUES ('here', 'web', 1, '{"name":"web","type":"always","command":["sleep","600"]}', '488d55c00bcc9d7511e8a1f39297b21c');
INSERT INTO api_keys VALUES ('deploy', 'operator', 'add,talk*', '3554c7081e6bd0b53d521338e92f31ae74183f05eed7eabcd7a9e2e6b268ebd9', 1795165297.14242, 1802941297.08955);
INSERT INTO idempotency VALUES ('local user', 'order-1', 'a6d737248d5e6d87e1514d3b85104a8b912c89d6003add9c93fb00d6986f71e1', '1 19', 1795165295.558964);
INSERT INTO audit VALUES (1, 1795164900.217035, 'device here', 'daemon', 'audit.begin', NULL, 'database 5901ae94a375e857e0bd854374ab73aa', NULL, NULL, '3341052c36a1d4e4eac6f88f62c4a3ba29760788ceb708b508f7dfb6becb172a');
INSERT INTO audit VALUES (2, 1795164900.217035, 'device here', 'daemon', 'daemon.start', NULL, NULL, NULL, '{"version":"0.1.0","home":"/tmp/aios-former-655oalg7","user":"root","pid":28537,"max_parallel":10,"tags":[]}', 'c1de7aa230644f25d6e8c823f05aea60f2dbd0d9ad0d781f6a20c5a0cf81cdfd');
INSERT INTO audit VALUES (3, 1795164900.503562, 'device here', 'daemon', 'list.change', NULL, '17 new, 0 changed, 0 removed', NULL, '{"jobs":{"add":{"type":"trigger","file":"add.py","function":"add"},"talk":{"type":"trigger","description":"Says things","command":["sh","-c","echo one; echo \"zwei ü\" >&2; \"$AIOS_EXE\" progress 40% half"]},"fail":{"type":"trigger","command":["sh","-c","echo broken; exit 3"],"retries":1,"backoff":"1s","notify":[{"command":["***"]},{"command":["***","***","***"],"on":["***"]}]},"slow":{"type":"trigger","command":["sleep","600"],"max_parallel":1},"gpu_only":{"type":"trigger","command":["true"],"tags":["gpu"]},"off":{"type":"trigger","command":["true"],"enabled":false},"daily9":{"type":"daily","command":["true"],"time":"09:00","deadline":"1d2h"},"daily18":{"type":"daily","command":["true"],"time":"18:00"},"paused9":{"type":"daily","command":["true"],"time":"09:00"},"half_hourly":{"type":"interval","command":["true"],"interval":"30m"},"quarterly":{"type":"cron","command":["true"],"cron":"*/15 * * * *"},"drawn":{"type":"random_daily","command":["true"],"after_time":"09:00","before_time":"09:01"},"drawn_later":{"type":"random_daily","command":["true"],"after_time":"19:00","before_time":"23:00"},"web":{"type":"always","command":["sleep","600"]},"stopped":{"type":"always","command":["sleep","600"]},"crashing":{"type":"always","command":["false"]},"quiet":{"type":"idle","command":["true"]}}}', '421d3a463894e3ed2de536be755948ffd34236c65d9e98085cfb9ee47bff8bed');
INSERT INTO audit VALUES (4, 1795164900.858007, 'user root', 'cli on vm', 'job.pause', 'paused9', NULL, NULL, '{"held":"paused"}', 'c5f077381d5ad7d9551eed1a0ff1f607df837faa2a7f699d189460be01cf21a1');
INSERT INTO audit VALUES (5, 1795164901.43919, 'user root', 'cli on vm', 'job.stop', 'stopped', NULL, NULL, '{"request":"stop","runs":[2],"canceled_triggers":0,"held":"stopped"}', 'c863f38627dcb607139a22d4ceabb317ff1446b772da684e3223c4a666e61137');
INSERT INTO audit VALUES (6, 1795165290.763544, 'user root', 'cli on vm', 'trigger.create', 'add', 'trigger 12', NULL, '{"arguments":["args"]}', 'd8db43099f1c24d8f7c109351967a2f7a549c81b0a7395e618bc6710077e17be');
INSERT INTO audit VALUES (7, 1795165292.403072, 'user root', 'cli on vm', 'trigger.create', 'talk', 'trigger 13', NULL, '{"arguments":[]}', '20453c7b24e4657f577cbbd831e19dd31d714efb16b4397f03473c4324681338');
INSERT INTO audit VALUES (8, 1795165293.787282, 'user root', 'cli on vm', 'trigger.create', 'fail', 'trigger 14', NULL, '{"arguments":["who"]}', '652459679b12e86edca3a98851a1a5a1ebc75bb2e9c779f135cbcf7a5b274fc6');
INSERT INTO audit VALUES (9, 1795165294.143923, 'user root', 'cli on vm', 'trigger.create', 'talk', 'trigger 15', NULL, '{"arguments":[],"run_at":"2026-11-22T10:00:00Z","priority":7,"dedup_key":"in two days"}', '3a82407a523906ff241da5488723fbd77b8377cf76c06711152de4a118af3faa');
INSERT INTO audit VALUES (10, 1795165294.656861, 'user root', 'cli on vm', 'trigger.create', 'gpu_only', 'trigger 17', NULL, '{"arguments":[]}', 'daf7ae8739f238d9858d30988acdd9e615eb09633229841e05fe0750fa183511');
INSERT INTO audit VALUES (11, 1795165295.13298, 'user root', 'cli on vm', 'trigger.create', 'off', 'trigger 18', NULL, '{"arguments":[]}', '853c4417a2c93d1b3dce473d5974ece00c9d2c1abec894b7dd6a623e8dfced0f');
INSERT INTO audit VALUES (12, 1795165295.558964, 'user root', 'api 127.0.0.1', 'trigger.create', 'add', 'trigger 19', NULL, '{"arguments":["args"]}', '2e04da72785826b16a16f073da594920b054a10ce35cf0069248e6b6a046c0c9');
INSERT INTO audit VALUES (13, 1795165296.021966, 'user root', 'cli on vm', 'state.set', 'add', 'state limits', NULL, '[1, 2]', '3c66d11b13ae6fe70cf47e030bc16e79b51bcf545b9d771137ce2fc898250637');
INSERT INTO audit VALUES (14, 1795165296.794252, 'user root', 'cli on vm', 'state.set', NULL, 'state mails', NULL, '3', '2c5aa9140108295584f0062c04a07008cb89b90ee676d9cc9e4c2b933130cbcf');
INSERT INTO audit VALUES (15, 1795165297.142924, 'user root', 'cli on vm', 'key.add', NULL, 'key deploy', NULL, '{"role":"operator","jobs":"add,talk*","expires":"2027-02-18T09:01:37.08955Z"}', '093f539e29b7c656d3566ff5409d9c8f3dcd9f00a559a5d201c6953fe2824217');
INSERT INTO audit VALUES (16, 1795165297.67192, 'user root', 'cli on vm', 'key.add', NULL, 'key former', NULL, '{"role":"viewer","jobs":"","expires":null}', '1535ea3bd08e954e8fed147c87996c4f7375ceb0ebe044f3e23bf4e5b7f7693f');
INSERT INTO audit VALUES (17, 1795165298.061181, 'user root', 'cli on vm', 'key.revoke', NULL, 'key former', '{"role":"viewer","jobs":"","expires":null}', NULL, '221587902e79ecb9dbb9b9989b2f85f2d37674f3f369ceddaa010ed4e3781c37');
INSERT INTO audit VALUES (18, 1795165298.95886, 'user root', 'cli on vm', 'config.set', NULL, 'setting log-level', NULL, '{"value":"debug"}', '45a7823cda0351ae58ee944aed66f9d091af1c5bff7afd17ac4660bfcc57c243');
INSERT INTO audit VALUES (19, 1795165301.618321, 'device here', 'daemon', 'daemon.stop', NULL, NULL, NULL, NULL, '6d7db47dffde5262a01260684fde759e10edbfb0dbb7bfe871e7416e3a921a17');
INSERT INTO audit VALUES (20, 1795165303.687827, 'device here', 'daemon', 'daemon.start', NULL, NULL, '{"version":"0.1.0","status":"ended"}', '{"version":"0.1.0","home":"/tmp/aios-former-655oalg7","user":"root","pid":28869,"max_parallel":10,"tags":[]}', '180648c07f004d315ef88de2213bfa868505623453872f6c398a53a019d3a935');
INSERT INTO alarms VALUES ('fail', 'failure', 1795165295.434573, 1795165295.434573, 1, 'exit status 3', 14);
INSERT INTO deadlines VALUES ('daily9', 1795165200.255104);
INSERT INTO notices VALUES (1, 1795165295.434573, 'here', 'fail', 'failure', 'command f3b6de25', '{"event":"failure","job_name":"fail","text":"Job \"fail\" has failed on here: exit status 3 (run 14).","about":"failure","reason":"exit status 3","run_id":14,"count":1,"since":"2026-11-20T09:01:35.434573Z","device":"here","at":"2026-11-20T09:01:35.434573Z","version":"0.1.0"}', 1795165295.434573, 1, 1795165295.801592, 'told');
INSERT INTO notices VALUES (2, 1795165295.434573, 'here', 'fail', 'failure', 'command 1b63fc28', '{"event":"failure","job_name":"fail","text":"Job \"fail\" has failed on here: exit status 3 (run 14).","about":"failure","reason":"exit status 3","run_id":14,"count":1,"since":"2026-11-20T09:01:35.434573Z","device":"here","at":"2026-11-20T09:01:35.434573Z","version":"0.1.0"}', 1795165305.927506, 2, NULL, 'sh: exit status 1');
INSERT INTO events VALUES (1, 1795164900.2159894, 'device.online', NULL, NULL, NULL, NULL, NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (2, 1795164900.504984, 'list.reloaded', NULL, NULL, NULL, NULL, NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (3, 1795164900.504984, 'trigger.queued', 'web', 1, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (4, 1795164900.5059898, 'trigger.queued', 'stopped', 2, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (5, 1795164900.5059898, 'trigger.queued', 'crashing', 3, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (6, 1795164900.5059898, 'trigger.queued', 'half_hourly', 4, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (7, 1795164900.538981, 'run.started', 'web', 1, 1, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (8, 1795164900.5430043, 'run.started', 'stopped', 2, 2, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (9, 1795164900.5430043, 'run.started', 'crashing', 3, 3, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (10, 1795164900.5430043, 'run.started', 'half_hourly', 4, 4, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (11, 1795164900.8579895, 'job.paused', 'paused9', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (12, 1795164900.898987, 'run.ended', 'crashing', 3, 3, 'failed', 'exit status 1', 'here', NULL, NULL);
INSERT INTO events VALUES (13, 1795164900.899993, 'trigger.closed', 'crashing', 3, NULL, 'failed', 'exit status 1', NULL, NULL, NULL);
INSERT INTO events VALUES (14, 1795164900.899993, 'trigger.queued', 'crashing', 5, NULL, 'waiting', 'lasted less than 1 s, 1 in a row; next start in 1 s', NULL, NULL, NULL);
INSERT INTO events VALUES (15, 1795164900.899993, 'run.ended', 'half_hourly', 4, 4, 'succeeded', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (16, 1795164900.899993, 'trigger.closed', 'half_hourly', 4, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (17, 1795164901.4389963, 'job.stopped', 'stopped', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (18, 1795165200.004989, 'trigger.queued', 'daily9', 6, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (19, 1795165200.004989, 'trigger.closed', 'paused9', 7, NULL, 'skipped', 'paused; `aios resume paused9` lets it run', NULL, NULL, NULL);
INSERT INTO events VALUES (20, 1795165200.004989, 'trigger.queued', 'quarterly', 8, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (21, 1795165200.004989, 'run.started', 'crashing', 5, 5, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (22, 1795165200.004989, 'run.started', 'daily9', 6, 6, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (23, 1795165200.004989, 'run.started', 'quarterly', 8, 7, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (24, 1795165200.194004, 'run.ended', 'stopped', 2, 2, 'canceled', 'stopped on request', 'here', NULL, NULL);
INSERT INTO events VALUES (25, 1795165200.194004, 'trigger.closed', 'stopped', 2, NULL, 'canceled', 'stopped on request', NULL, NULL, NULL);
INSERT INTO events VALUES (26, 1795165200.2549977, 'run.ended', 'crashing', 5, 5, 'failed', 'exit status 1', 'here', NULL, NULL);
INSERT INTO events VALUES (27, 1795165200.2549977, 'trigger.closed', 'crashing', 5, NULL, 'failed', 'exit status 1', NULL, NULL, NULL);
INSERT INTO events VALUES (28, 1795165200.2549977, 'trigger.queued', 'crashing', 9, NULL, 'waiting', 'lasted less than 1 s, 2 in a row; next start in 2 s', NULL, NULL, NULL);
INSERT INTO events VALUES (29, 1795165200.2560034, 'run.ended', 'daily9', 6, 6, 'succeeded', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (30, 1795165200.2560034, 'trigger.closed', 'daily9', 6, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (31, 1795165200.2560034, 'run.ended', 'quarterly', 8, 7, 'succeeded', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (32, 1795165200.2560034, 'trigger.closed', 'quarterly', 8, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (33, 1795165290.008001, 'trigger.queued', 'drawn', 10, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (34, 1795165290.009007, 'run.started', 'crashing', 9, 8, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (35, 1795165290.009007, 'run.started', 'drawn', 10, 9, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (36, 1795165290.174003, 'run.ended', 'crashing', 9, 8, 'failed', 'exit status 1', 'here', NULL, NULL);
INSERT INTO events VALUES (37, 1795165290.174003, 'trigger.closed', 'crashing', 9, NULL, 'failed', 'exit status 1', NULL, NULL, NULL);
INSERT INTO events VALUES (38, 1795165290.174003, 'trigger.queued', 'crashing', 11, NULL, 'waiting', 'lasted less than 1 s, 3 in a row; next start in 4 s', NULL, NULL, NULL);
INSERT INTO events VALUES (39, 1795165290.222001, 'run.ended', 'drawn', 10, 9, 'succeeded', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (40, 1795165290.2290015, 'trigger.closed', 'drawn', 10, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (41, 1795165290.7639816, 'trigger.queued', 'add', 12, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (42, 1795165290.8110142, 'run.started', 'add', 12, 10, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (43, 1795165291.7990193, 'run.ended', 'add', 12, 10, 'succeeded', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (44, 1795165291.7990193, 'trigger.closed', 'add', 12, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (45, 1795165292.4029992, 'trigger.queued', 'talk', 13, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (46, 1795165292.4829826, 'run.started', 'talk', 13, 11, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (47, 1795165293.0140197, 'run.progress', 'talk', 13, 11, 'running', NULL, 'here', 0.4, 'half');
INSERT INTO events VALUES (48, 1795165293.1300118, 'run.ended', 'talk', 13, 11, 'succeeded', NULL, 'here', 0.4, 'half');
INSERT INTO events VALUES (49, 1795165293.1300118, 'trigger.closed', 'talk', 13, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (50, 1795165293.7879846, 'trigger.queued', 'fail', 14, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (51, 1795165293.8670025, 'run.started', 'fail', 14, 12, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (52, 1795165294.1440077, 'trigger.queued', 'talk', 15, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (53, 1795165294.3100095, 'run.ended', 'fail', 14, 12, 'failed', 'exit status 3', 'here', NULL, NULL);
INSERT INTO events VALUES (54, 1795165294.3110154, 'run.started', 'crashing', 11, 13, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (55, 1795165294.4620104, 'run.ended', 'crashing', 11, 13, 'failed', 'exit status 1', 'here', NULL, NULL);
INSERT INTO events VALUES (56, 1795165294.4620104, 'trigger.closed', 'crashing', 11, NULL, 'failed', 'exit status 1', NULL, NULL, NULL);
INSERT INTO events VALUES (57, 1795165294.4620104, 'trigger.queued', 'crashing', 16, NULL, 'waiting', 'lasted less than 1 s, 4 in a row; next start in 8 s', NULL, NULL, NULL);
INSERT INTO events VALUES (58, 1795165294.65698, 'trigger.queued', 'gpu_only', 17, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (59, 1795165295.047, 'run.started', 'fail', 14, 14, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (60, 1795165295.1330185, 'trigger.queued', 'off', 18, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (61, 1795165295.4340026, 'run.ended', 'fail', 14, 14, 'failed', 'exit status 3', 'here', NULL, NULL);
INSERT INTO events VALUES (62, 1795165295.4340026, 'trigger.closed', 'fail', 14, NULL, 'failed', 'exit status 3', NULL, NULL, NULL);
INSERT INTO events VALUES (63, 1795165295.6490085, 'trigger.queued', 'add', 19, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (64, 1795165295.7320094, 'run.started', 'add', 19, 15, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (65, 1795165296.269001, 'run.ended', 'add', 19, 15, 'succeeded', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (66, 1795165296.269001, 'trigger.closed', 'add', 19, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (67, 1796045473.367013, 'trigger.queued', 'add', 20, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (68, 1795165299.4009898, 'run.started', 'add', 20, 16, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (69, 1796045473.5489874, 'trigger.queued', 'add', 21, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (70, 1796045473.65299, 'trigger.queued', 'add', 22, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (71, 1796045473.755987, 'trigger.queued', 'add', 23, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (72, 1796045473.8080084, 'trigger.queued', 'nobody', 24, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (73, 1796045473.844017, 'trigger.queued', CAST(x'00ff' AS TEXT), 25, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (74, 1796045473.8510177, 'trigger.queued', '7', 26, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (75, 1796045473.9299953, 'trigger.queued', 'talk', 27, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (76, 1796045473.9549801, 'trigger.queued', 'talk', 28, NULL, 'odd', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (77, 1796045473.981011, 'trigger.queued', 'add', 29, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (78, 1796045474.0109847, 'trigger.closed', 'add', 30, NULL, '9', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (79, 1795165300.184007, 'trigger.closed', 'add', 21, NULL, 'failed', 'args: not JSON; expected an array such as ["a", 1]', NULL, NULL, NULL);
INSERT INTO events VALUES (80, 1795165300.184007, 'trigger.closed', 'add', 22, NULL, 'failed', 'priority: expected a whole number, found text', NULL, NULL, NULL);
INSERT INTO events VALUES (81, 1795165300.184007, 'trigger.closed', 'add', 23, NULL, 'failed', 'run_at: expected Unix seconds (a number), found text', NULL, NULL, NULL);
INSERT INTO events VALUES (82, 1795165300.184007, 'trigger.closed', 'nobody', 24, NULL, 'failed', 'no device has a job named "nobody" in its list.', NULL, NULL, NULL);
INSERT INTO events VALUES (83, 1795165300.184007, 'trigger.closed', CAST(x'00ff' AS TEXT), 25, NULL, 'failed', 'job_name: expected the name of a job, found blob', NULL, NULL, NULL);
INSERT INTO events VALUES (84, 1795165300.184007, 'trigger.closed', '7', 26, NULL, 'failed', 'no device has a job named "7" in its list.', NULL, NULL, NULL);
INSERT INTO events VALUES (85, 1795165300.1850128, 'run.started', 'talk', 27, 17, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (86, 1795165300.1850128, 'run.started', 'talk', 28, 18, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (87, 1795165300.1850128, 'run.started', 'add', 29, 19, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (88, 1795165300.7660196, 'run.progress', 'talk', 28, 18, 'running', NULL, 'here', 0.4, 'half');
INSERT INTO events VALUES (89, 1795165300.8149834, 'run.progress', 'talk', 27, 17, 'running', NULL, 'here', 0.4, 'half');
INSERT INTO events VALUES (90, 1795165300.9269924, 'run.ended', 'add', 20, 16, 'succeeded', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (91, 1795165300.9269924, 'trigger.closed', 'add', 20, NULL, 'succeeded', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (92, 1795165301.405002, 'run.ended', 'talk', 28, 18, 'canceled', 'the daemon was stopped', 'here', 0.4, 'half');
INSERT INTO events VALUES (93, 1795165301.405002, 'run.ended', 'talk', 27, 17, 'canceled', 'the daemon was stopped', 'here', 0.4, 'half');
INSERT INTO events VALUES (94, 1795165301.405002, 'run.ended', 'web', 1, 1, 'canceled', 'the daemon was stopped', 'here', NULL, NULL);
INSERT INTO events VALUES (95, 1795165301.405002, 'run.ended', 'add', 29, 19, 'canceled', 'the daemon was stopped', 'here', NULL, NULL);
INSERT INTO events VALUES (96, 1795165301.6060069, 'device.offline', NULL, NULL, NULL, NULL, NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (97, 1795165303.6869855, 'device.online', NULL, NULL, NULL, NULL, NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (98, 1795165304.0910065, 'list.reloaded', NULL, NULL, NULL, NULL, NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (99, 1795165304.1239977, 'run.started', 'web', 1, 20, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (100, 1795165304.1569889, 'run.started', 'crashing', 16, 21, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (101, 1795165304.1569889, 'run.started', 'talk', 27, 22, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (102, 1795165304.1569889, 'run.started', 'talk', 28, 23, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (103, 1795165304.1569889, 'run.started', 'add', 29, 24, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (104, 1796045478.2359867, 'trigger.queued', 'slow', 31, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (105, 1796045478.4190073, 'trigger.queued', 'slow', 32, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (106, 1795165304.7130108, 'run.started', 'slow', 31, 25, 'running', NULL, 'here', NULL, NULL);
INSERT INTO events VALUES (107, 1795165304.799995, 'run.progress', 'talk', 27, 22, 'running', NULL, 'here', 0.4, 'half');
INSERT INTO events VALUES (108, 1795165304.949984, 'run.progress', 'talk', 28, 23, 'running', NULL, 'here', 0.4, 'half');
INSERT INTO events VALUES (109, 1796045479.0589957, 'trigger.queued', 'add', 33, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (110, 1796045479.0789917, 'trigger.queued', 'add', 34, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (111, 1796045479.0989876, 'trigger.queued', 'add', 35, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (112, 1796045479.1150002, 'trigger.queued', 'add', 36, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (113, 1796045479.132019, 'trigger.queued', 'add', 37, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (114, 1796045479.1430025, 'trigger.queued', 'add', 38, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (115, 1796045479.1819885, 'trigger.queued', 'add', 39, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO events VALUES (116, 1796045479.2400048, 'trigger.queued', 'add', 40, NULL, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO sqlite_sequence VALUES ('events', 116);
INSERT INTO sqlite_sequence VALUES ('logs', 32);
INSERT INTO sqlite_sequence VALUES ('triggers', 40);
INSERT INTO sqlite_sequence VALUES ('runs', 25);
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
CREATE TRIGGER event_job_held AFTER INSERT ON holds BEGIN INSERT INTO events (kind, job_name) VALUES (CASE WHEN NEW.kind = 'stopped' THEN 'job.stopped' ELSE 'job.paused' END, CAST(NEW.job_name AS TEXT)); END;
CREATE TRIGGER event_job_held_otherwise AFTER UPDATE OF kind ON holds WHEN OLD.kind IS NOT NEW.kind BEGIN INSERT INTO events (kind, job_name) VALUES (CASE WHEN NEW.kind = 'stopped' THEN 'job.stopped' ELSE 'job.paused' END, CAST(NEW.job_name AS TEXT)); END;
CREATE TRIGGER event_job_resumed AFTER DELETE ON holds BEGIN INSERT INTO events (kind, job_name) VALUES ('job.resumed', CAST(OLD.job_name AS TEXT)); END;
CREATE TRIGGER event_device_new AFTER INSERT ON devices BEGIN INSERT INTO events (kind, device) VALUES ('device.' || NEW.status, NEW.device); END;
CREATE TRIGGER event_device_changed AFTER UPDATE OF status, boot_id ON devices WHEN OLD.status IS NOT NEW.status OR OLD.boot_id IS NOT NEW.boot_id BEGIN INSERT INTO events (kind, device) VALUES ('device.' || NEW.status, NEW.device); END;
COMMIT;
