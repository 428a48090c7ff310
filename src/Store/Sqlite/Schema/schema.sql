-- The schema that the steps of Migrator make, in the order in which they make it. A new database gets it at once, which
-- takes a third of the time; a database of a former version takes the steps. A test holds the two to each other.

CREATE TABLE jobs (
    job_name TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    device TEXT NOT NULL,
    last_update REAL NOT NULL,
    pid INTEGER,
    run_id INTEGER);

CREATE TABLE logs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    timestamp REAL NOT NULL,
    level TEXT NOT NULL,
    message TEXT NOT NULL,
    device TEXT NOT NULL,
    job_name TEXT,
    run_id INTEGER,
    stream TEXT);

CREATE TABLE triggers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job_name TEXT NOT NULL,
    args TEXT NOT NULL DEFAULT '[]',
    kwargs TEXT NOT NULL DEFAULT '{}',
    created REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0),
    processed REAL,
    status TEXT NOT NULL DEFAULT 'queued',
    reason TEXT,
    note TEXT,
    priority INTEGER,
    run_at REAL,
    dedup_key TEXT,
    source TEXT NOT NULL DEFAULT 'insert',
    occurrence REAL,
    attempt INTEGER NOT NULL DEFAULT 0,
    due REAL,
    traceparent TEXT,
    wait_seconds REAL,
    flow_id INTEGER,
    parent_run_id INTEGER);

CREATE TABLE config (
    key TEXT PRIMARY KEY,
    value TEXT,
    updated REAL);

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
    output_bytes INTEGER, result_file TEXT);

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
    engine TEXT,
    stalled REAL);

CREATE TABLE device_jobs (
    device TEXT NOT NULL,
    job_name TEXT NOT NULL,
    can_run INTEGER NOT NULL,
    definition TEXT,
    fingerprint TEXT,
    schedule TEXT,
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

CREATE TRIGGER audit_only_grows BEFORE INSERT ON audit WHEN new.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit) BEGIN SELECT RAISE(ABORT, 'the audit can only be added to'); END;

CREATE TRIGGER audit_is_not_altered BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit cannot be altered'); END;

CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit cannot be removed'); END;

CREATE TABLE alarms (
    job_name TEXT NOT NULL,
    event TEXT NOT NULL,
    since REAL NOT NULL,
    last REAL NOT NULL,
    count INTEGER NOT NULL,
    reason TEXT,
    run_id INTEGER,
    PRIMARY KEY (job_name, event)) WITHOUT ROWID;

CREATE TABLE deadlines (
    job_name TEXT PRIMARY KEY,
    since REAL NOT NULL) WITHOUT ROWID;

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

CREATE INDEX notices_open ON notices (device, due) WHERE closed IS NULL;

CREATE INDEX notices_by_age ON notices (closed) WHERE closed IS NOT NULL;

CREATE INDEX notices_told ON notices (job_name, event, channel, created);

CREATE INDEX triggers_ready ON triggers (coalesce(priority, 0) DESC, id) WHERE processed IS NULL AND status = 'queued';

CREATE INDEX triggers_ready_by_job ON triggers (job_name, coalesce(priority, 0) DESC, id) WHERE processed IS NULL
    AND status = 'queued';

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
    progress_text TEXT,
    flow_id INTEGER,
    step TEXT,
    approval_id INTEGER);

CREATE TRIGGER events_kept AFTER INSERT ON events WHEN NEW.id % 1000 = 0
BEGIN
    DELETE FROM events WHERE id <= NEW.id - 50000;
END;

CREATE TRIGGER event_device_new AFTER INSERT ON devices
BEGIN
    INSERT INTO events (kind, device) VALUES ('device.' || NEW.status, NEW.device);
END;

CREATE TRIGGER event_device_changed AFTER UPDATE OF status, boot_id ON devices WHEN OLD.status IS NOT NEW.status
    OR OLD.boot_id IS NOT NEW.boot_id
BEGIN
    INSERT INTO events (kind, device) VALUES ('device.' || NEW.status, NEW.device);
END;

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

CREATE TRIGGER triggers_id_inserted AFTER INSERT ON triggers WHEN NEW.id NOT BETWEEN 1 AND 9007199254740992
BEGIN
    SELECT RAISE(ABORT, 'triggers.id: expected a number from 1 to 9007199254740992, or none');
END;

CREATE TRIGGER triggers_id_changed AFTER UPDATE OF id ON triggers WHEN NEW.id NOT BETWEEN 1 AND 9007199254740992
BEGIN
    SELECT RAISE(ABORT, 'triggers.id: expected a number from 1 to 9007199254740992, or none');
END;

CREATE TRIGGER runs_id_inserted AFTER INSERT ON runs WHEN NEW.id NOT BETWEEN 1 AND 9007199254740992
BEGIN
    SELECT RAISE(ABORT, 'runs.id: expected a number from 1 to 9007199254740992, or none');
END;

CREATE TRIGGER runs_id_changed AFTER UPDATE OF id ON runs WHEN NEW.id NOT BETWEEN 1 AND 9007199254740992
BEGIN
    SELECT RAISE(ABORT, 'runs.id: expected a number from 1 to 9007199254740992, or none');
END;

CREATE TRIGGER logs_id_inserted AFTER INSERT ON logs WHEN NEW.id NOT BETWEEN 1 AND 9007199254740992
BEGIN
    SELECT RAISE(ABORT, 'logs.id: expected a number from 1 to 9007199254740992, or none');
END;

CREATE TRIGGER logs_id_changed AFTER UPDATE OF id ON logs WHEN NEW.id NOT BETWEEN 1 AND 9007199254740992
BEGIN
    SELECT RAISE(ABORT, 'logs.id: expected a number from 1 to 9007199254740992, or none');
END;

CREATE TRIGGER notices_id_inserted AFTER INSERT ON notices WHEN NEW.id NOT BETWEEN 1 AND 9007199254740992
BEGIN
    SELECT RAISE(ABORT, 'notices.id: expected a number from 1 to 9007199254740992, or none');
END;

CREATE TRIGGER notices_id_changed AFTER UPDATE OF id ON notices WHEN NEW.id NOT BETWEEN 1 AND 9007199254740992
BEGIN
    SELECT RAISE(ABORT, 'notices.id: expected a number from 1 to 9007199254740992, or none');
END;

CREATE TRIGGER events_id_inserted AFTER INSERT ON events WHEN NEW.id NOT BETWEEN 1 AND 9007199254740992
BEGIN
    SELECT RAISE(ABORT, 'events.id: expected a number from 1 to 9007199254740992, or none');
END;

CREATE TRIGGER events_id_changed AFTER UPDATE OF id ON events WHEN NEW.id NOT BETWEEN 1 AND 9007199254740992
BEGIN
    SELECT RAISE(ABORT, 'events.id: expected a number from 1 to 9007199254740992, or none');
END;

CREATE TRIGGER event_trigger_made AFTER INSERT ON triggers
BEGIN
    INSERT INTO events (kind, job_name, trigger_id, status, reason) VALUES (CASE WHEN NEW.processed IS NULL THEN 'trigger.queued'
        ELSE 'trigger.closed' END, substr(CAST(NEW.job_name AS TEXT), 1, 256), NEW.id, substr(CAST(NEW.status AS TEXT), 1, 256),
        substr(CAST(NEW.reason AS TEXT), 1, 4096));
END;

CREATE TRIGGER event_trigger_closed AFTER UPDATE OF processed ON triggers WHEN OLD.processed IS NULL AND NEW.processed IS NOT NULL
BEGIN
    INSERT INTO events (kind, job_name, trigger_id, status, reason) VALUES ('trigger.closed',
        substr(CAST(NEW.job_name AS TEXT), 1, 256), NEW.id, substr(CAST(NEW.status AS TEXT), 1, 256),
        substr(CAST(NEW.reason AS TEXT), 1, 4096));
END;

CREATE TRIGGER event_run_started AFTER INSERT ON runs
BEGIN
    INSERT INTO events (kind, job_name, trigger_id, run_id, status, reason, device, progress, progress_text)
        VALUES ('run.started', substr(CAST(NEW.job_name AS TEXT), 1, 256), NEW.trigger_id, NEW.id,
        substr(CAST(NEW.status AS TEXT), 1, 256), substr(CAST(NEW.reason AS TEXT), 1, 4096), substr(CAST(NEW.device AS TEXT), 1, 256),
        NEW.progress, substr(CAST(NEW.progress_text AS TEXT), 1, 4096));
END;

CREATE TRIGGER event_run_progress AFTER UPDATE OF progress, progress_text ON runs WHEN OLD.progress IS NOT NEW.progress
    OR OLD.progress_text IS NOT NEW.progress_text
BEGIN
    INSERT INTO events (kind, job_name, trigger_id, run_id, status, reason, device, progress, progress_text)
        VALUES ('run.progress', substr(CAST(NEW.job_name AS TEXT), 1, 256), NEW.trigger_id, NEW.id,
        substr(CAST(NEW.status AS TEXT), 1, 256), substr(CAST(NEW.reason AS TEXT), 1, 4096), substr(CAST(NEW.device AS TEXT), 1, 256),
        NEW.progress, substr(CAST(NEW.progress_text AS TEXT), 1, 4096));
END;

CREATE TRIGGER event_run_ended AFTER UPDATE OF status ON runs WHEN OLD.status = 'running' AND NEW.status <> 'running'
BEGIN
    INSERT INTO events (kind, job_name, trigger_id, run_id, status, reason, device, progress, progress_text) VALUES ('run.ended',
        substr(CAST(NEW.job_name AS TEXT), 1, 256), NEW.trigger_id, NEW.id, substr(CAST(NEW.status AS TEXT), 1, 256),
        substr(CAST(NEW.reason AS TEXT), 1, 4096), substr(CAST(NEW.device AS TEXT), 1, 256), NEW.progress,
        substr(CAST(NEW.progress_text AS TEXT), 1, 4096));
END;

CREATE TRIGGER event_job_held AFTER INSERT ON holds
BEGIN
    INSERT INTO events (kind, job_name) VALUES (CASE NEW.kind WHEN 'stopped' THEN 'job.stopped' WHEN 'ended' THEN 'job.ended'
        ELSE 'job.paused' END, substr(CAST(NEW.job_name AS TEXT), 1, 256));
END;

CREATE TRIGGER event_job_held_otherwise AFTER UPDATE OF kind ON holds WHEN OLD.kind IS NOT NEW.kind
BEGIN
    INSERT INTO events (kind, job_name) VALUES (CASE NEW.kind WHEN 'stopped' THEN 'job.stopped' WHEN 'ended' THEN 'job.ended'
        ELSE 'job.paused' END, substr(CAST(NEW.job_name AS TEXT), 1, 256));
END;

CREATE TRIGGER event_job_resumed AFTER DELETE ON holds
BEGIN
    INSERT INTO events (kind, job_name) VALUES ('job.resumed', substr(CAST(OLD.job_name AS TEXT), 1, 256));
END;

CREATE INDEX triggers_by_flow ON triggers (flow_id) WHERE flow_id IS NOT NULL;

CREATE INDEX triggers_by_parent ON triggers (parent_run_id) WHERE processed IS NULL AND parent_run_id IS NOT NULL;

CREATE INDEX runs_with_file ON runs (id) WHERE result_file IS NOT NULL;

CREATE TABLE flow_plans (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    plan TEXT NOT NULL,
    created REAL NOT NULL);

CREATE TABLE flows (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL,
    job_name TEXT NOT NULL,
    plan_id INTEGER NOT NULL,
    args TEXT NOT NULL,
    kwargs TEXT NOT NULL,
    depth INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    traceparent TEXT,
    started REAL NOT NULL,
    ended REAL,
    due REAL,
    ending TEXT,
    restart_from TEXT,
    CHECK (due IS NULL OR (typeof(due) = 'real' AND ended IS NULL AND ending IS NULL)));

CREATE TABLE steps (
    flow_id INTEGER NOT NULL,
    step TEXT NOT NULL,
    item INTEGER NOT NULL,
    status TEXT NOT NULL,
    reason TEXT,
    result TEXT,
    trigger_id INTEGER,
    attempt INTEGER NOT NULL,
    rung INTEGER NOT NULL,
    started REAL NOT NULL,
    ended REAL,
    due REAL,
    signal TEXT,
    signal_id INTEGER,
    detail TEXT,
    wait_seconds REAL,
    result_file TEXT,
    PRIMARY KEY (flow_id, step, item),
    CHECK (typeof(flow_id) = 'integer'),
    CHECK (due IS NULL OR (typeof(due) = 'real' AND status = 'waiting' AND trigger_id IS NULL))) WITHOUT ROWID;

CREATE INDEX flows_by_job ON flows (job_name, id);

CREATE INDEX flows_by_plan ON flows (plan_id);

CREATE INDEX flows_due ON flows (due) WHERE ended IS NULL AND due IS NOT NULL;

CREATE INDEX flows_open ON flows (id) WHERE ended IS NULL;

CREATE INDEX steps_by_trigger ON steps (trigger_id) WHERE trigger_id IS NOT NULL;

CREATE INDEX steps_open ON steps (flow_id) WHERE ended IS NULL;

CREATE INDEX steps_due ON steps (due) WHERE ended IS NULL AND due IS NOT NULL;

CREATE INDEX steps_with_file ON steps (flow_id) WHERE result_file IS NOT NULL;

CREATE INDEX steps_for_signal ON steps (signal) WHERE ended IS NULL AND signal IS NOT NULL;

CREATE TABLE signals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    flow_id INTEGER,
    data TEXT NOT NULL DEFAULT 'null',
    created REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0));

CREATE INDEX signals_by_name ON signals (name, id);

CREATE INDEX signals_by_age ON signals (created);

CREATE TABLE approvals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    flow_id INTEGER,
    step TEXT,
    job_name TEXT,
    question TEXT NOT NULL,
    shown TEXT NOT NULL,
    digest TEXT NOT NULL,
    fields TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    need INTEGER NOT NULL,
    status TEXT NOT NULL,
    created REAL NOT NULL,
    expires REAL,
    on_expiry TEXT NOT NULL,
    escalate TEXT,
    decided REAL,
    reason TEXT,
    result TEXT,
    operation TEXT,
    asked_by TEXT,
    used REAL,
    CHECK (flow_id IS NULL OR typeof(flow_id) = 'integer'),
    CHECK (expires IS NULL OR typeof(expires) = 'real'));

CREATE TABLE decisions (
    approval_id INTEGER NOT NULL,
    actor TEXT NOT NULL,
    origin TEXT NOT NULL,
    approves INTEGER NOT NULL,
    at REAL NOT NULL,
    comment TEXT,
    fields TEXT NOT NULL,
    PRIMARY KEY (approval_id, actor)) WITHOUT ROWID;

CREATE INDEX approvals_waiting ON approvals (id) WHERE status = 'waiting';

CREATE INDEX approvals_by_expiry ON approvals (expires) WHERE status = 'waiting' AND expires IS NOT NULL;

CREATE INDEX approvals_by_digest ON approvals (digest) WHERE operation IS NOT NULL;

CREATE INDEX approvals_by_step ON approvals (flow_id, step, id) WHERE flow_id IS NOT NULL;

CREATE TABLE flow_wakes (
    id INTEGER PRIMARY KEY,
    flow_id INTEGER NOT NULL CHECK (typeof(flow_id) = 'integer'),
    trigger_id INTEGER);

CREATE INDEX flow_wakes_by_flow ON flow_wakes (flow_id);

CREATE TRIGGER flow_step_closed AFTER UPDATE OF processed ON triggers
WHEN typeof(NEW.flow_id) = 'integer' AND OLD.processed IS NULL AND NEW.processed IS NOT NULL
BEGIN
    INSERT INTO flow_wakes (flow_id, trigger_id) VALUES (NEW.flow_id, NEW.id);
END;

CREATE TRIGGER flow_step_removed AFTER DELETE ON triggers
WHEN typeof(OLD.flow_id) = 'integer' AND OLD.processed IS NULL
BEGIN
    INSERT INTO flow_wakes (flow_id, trigger_id) VALUES (OLD.flow_id, OLD.id);
END;

CREATE TRIGGER flow_stopped AFTER UPDATE OF stop_request ON runs
WHEN NEW.boot_id = 'flow' AND NEW.status = 'running' AND NEW.stop_request IS NOT NULL AND typeof(NEW.trigger_id) = 'integer'
BEGIN
    INSERT INTO flow_wakes (flow_id) VALUES (NEW.trigger_id);
END;

CREATE TRIGGER flow_signaled AFTER INSERT ON signals
BEGIN
    INSERT INTO flow_wakes (flow_id) SELECT DISTINCT flow_id FROM steps
        WHERE ended IS NULL AND signal = NEW.name AND (NEW.flow_id IS NULL OR flow_id = NEW.flow_id);
END;

CREATE TRIGGER flow_decided AFTER UPDATE OF status ON approvals
WHEN NEW.flow_id IS NOT NULL AND OLD.status = 'waiting' AND NEW.status <> 'waiting'
BEGIN
    INSERT INTO flow_wakes (flow_id) VALUES (NEW.flow_id);
END;

CREATE TRIGGER event_step_begun AFTER INSERT ON steps WHEN NEW.item = -1 BEGIN
    INSERT INTO events (kind, job_name, trigger_id, status, reason, flow_id, step) VALUES ('flow.step', (SELECT job_name FROM flows
        WHERE id = NEW.flow_id), NEW.trigger_id, NEW.status, substr(NEW.reason, 1, 4096), NEW.flow_id, NEW.step);
END;

CREATE TRIGGER event_step_changed AFTER UPDATE OF status ON steps WHEN NEW.item = -1 AND OLD.status <> NEW.status BEGIN
    INSERT INTO events (kind, job_name, trigger_id, status, reason, flow_id, step) VALUES ('flow.step', (SELECT job_name FROM flows
        WHERE id = NEW.flow_id), NEW.trigger_id, NEW.status, substr(NEW.reason, 1, 4096), NEW.flow_id, NEW.step);
END;

CREATE TRIGGER event_approval_asked AFTER INSERT ON approvals WHEN NEW.status = 'waiting' AND NEW.kind <> 'confirmation' BEGIN
    INSERT INTO events (kind, job_name, status, reason, flow_id, step, approval_id) VALUES ('approval.waiting', NEW.job_name,
        NEW.status, substr(NEW.question, 1, 4096), NEW.flow_id, NEW.step, NEW.id);
END;

CREATE TRIGGER event_approval_decided AFTER UPDATE OF status ON approvals WHEN OLD.status = 'waiting' AND NEW.status <> 'waiting'
    AND NEW.kind <> 'confirmation' BEGIN
    INSERT INTO events (kind, job_name, status, reason, flow_id, step, approval_id) VALUES ('approval.decided', NEW.job_name,
        NEW.status, substr(NEW.reason, 1, 4096), NEW.flow_id, NEW.step, NEW.id);
END;

CREATE TABLE calls (
    id INTEGER PRIMARY KEY,
    call INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    created REAL NOT NULL,
    run_id INTEGER,
    flow_id INTEGER,
    job_name TEXT,
    caller TEXT,
    route TEXT NOT NULL,
    kind TEXT NOT NULL,
    model TEXT,
    provider TEXT,
    why TEXT,
    outcome TEXT NOT NULL,
    reason TEXT,
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    cached_input_tokens INTEGER NOT NULL,
    cache_write_tokens INTEGER NOT NULL,
    reasoning_tokens INTEGER NOT NULL,
    images INTEGER NOT NULL,
    counted TEXT NOT NULL,
    price TEXT,
    cost REAL NOT NULL,
    reserved REAL NOT NULL,
    first_token REAL,
    duration REAL,
    confidence REAL,
    request TEXT,
    response TEXT,
    verification TEXT, provider_request TEXT, response_id TEXT, drawn TEXT, charged INTEGER, reconciled REAL, reconciled_by TEXT,
    former_cost REAL);

CREATE INDEX calls_by_call ON calls (call);

CREATE INDEX calls_by_run ON calls (run_id) WHERE run_id IS NOT NULL;

CREATE INDEX calls_by_age ON calls (created);

CREATE INDEX calls_unknown ON calls (created) WHERE outcome = 'unknown' AND reconciled IS NULL;

CREATE TABLE budget_use (
    budget TEXT NOT NULL,
    key TEXT NOT NULL,
    amount INTEGER NOT NULL,
    updated REAL NOT NULL, allowed INTEGER NOT NULL DEFAULT 0, approval_id INTEGER,
    PRIMARY KEY (budget, key)) WITHOUT ROWID;

CREATE TABLE budget_slabs (
    owner TEXT NOT NULL,
    budget TEXT NOT NULL,
    key TEXT NOT NULL,
    amount INTEGER NOT NULL,
    updated REAL NOT NULL,
    PRIMARY KEY (owner, budget, key)) WITHOUT ROWID;
