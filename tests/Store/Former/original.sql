-- A database of the Python original, in its latest form: made by hand from its schema, with the values that its users wrote.
-- taken 2026-11-20T09:01:40Z
BEGIN;
CREATE TABLE jobs (job_name TEXT PRIMARY KEY, status TEXT NOT NULL, device TEXT NOT NULL, last_update REAL NOT NULL, pid INTEGER);
INSERT INTO jobs VALUES ('daily9', 'completed', 'here', 1795165200.25, NULL);
INSERT INTO jobs VALUES ('web', 'running', 'here', 1795165100.5, 4711);
INSERT INTO jobs VALUES ('fail', 'failed', 'here', 1795165150.0, 'none');
INSERT INTO jobs VALUES ('stopped', 'stopped', 'elsewhere', 1795165160, NULL);
INSERT INTO jobs VALUES (NULL, x'00ff', CAST(x'ff' AS TEXT), 'never', NULL);
CREATE TABLE logs (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp REAL NOT NULL, level TEXT NOT NULL, message TEXT NOT NULL,
    device TEXT NOT NULL);
INSERT INTO logs VALUES (1, 1795165100.5, 'INFO', 'Orchestrator started ü', 'here');
INSERT INTO logs VALUES (2, 1795165150.0, 'ERROR', CAST(x'547261636562616b0a20ff' AS TEXT), 'here');
INSERT INTO logs VALUES (7, 'now', 'LOUD', x'00', 5);
CREATE TABLE triggers (id INTEGER PRIMARY KEY AUTOINCREMENT, job_name TEXT NOT NULL, args TEXT NOT NULL, kwargs TEXT NOT NULL,
    created REAL NOT NULL, processed REAL);
INSERT INTO triggers VALUES (1, 'add', '[1, 2]', '{}', 1795165110.0, 1795165111.0);
INSERT INTO triggers VALUES (2, 'nobody', '[]', '{}', 1795165112.0, 1795165113.0);
INSERT INTO triggers VALUES (3, 'add', '[8, 9]', '{}', 1795165190.0, NULL);
INSERT INTO triggers VALUES (4, 'gpu_only', '[]', '{}', 1795165191.0, NULL);
INSERT INTO triggers VALUES (5, 'add', '(1, 2)', '{}', 1795165192.0, NULL);
INSERT INTO triggers VALUES (6, 'talk', '', '', 'long ago', NULL);
INSERT INTO triggers VALUES (7, x'00ff', '[]', '{}', 1795165193.0, NULL);
INSERT INTO triggers VALUES (8, 'add', CAST(x'5b22ff225d' AS TEXT), '{}', 1795165194.0, NULL);
INSERT INTO triggers VALUES (9, 'RESTART_web', '[]', '{}', 1795165195.0, NULL);
INSERT INTO triggers VALUES (12, 'add', '[]', '{}', 1795165196.0, 'yes');
CREATE TABLE scheduled_jobs (name TEXT PRIMARY KEY, file TEXT NOT NULL, function TEXT NOT NULL, type TEXT NOT NULL, tags TEXT,
    retries INTEGER DEFAULT 3, time TEXT, after_time TEXT, before_time TEXT, interval_minutes INTEGER, priority INTEGER DEFAULT 0,
    enabled INTEGER DEFAULT 1);
INSERT INTO scheduled_jobs VALUES ('report', 'report.py', 'main', 'daily', '["mail"]', 3, '09:00', NULL, NULL, NULL, 0, 1);
INSERT INTO scheduled_jobs VALUES ('odd', x'ff', '', 'weekly', 'mail', 'often', '', '', '', 'x', NULL, 'no');
CREATE TABLE config (key TEXT PRIMARY KEY, value TEXT, updated REAL);
INSERT INTO config VALUES ('theme', 'dark', 1795165100.0);
INSERT INTO config VALUES (NULL, NULL, 'x');
COMMIT;
