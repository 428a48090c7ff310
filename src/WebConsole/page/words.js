// Everything that turns data into words that a person reads: times, spans, sizes, states.

let offset = 0; // what the daemon's clock is ahead of this one, ms

export function setServerTime(header) {
  const there = Date.parse(header ?? "");
  if (Number.isNaN(there)) return;
  const ahead = there - Date.now();
  // The header has whole seconds, so less than that is no difference.
  offset = Math.abs(ahead) > 2000 ? ahead : 0;
}

export const now = () => Date.now() + offset;

// One clock for all of the page, that of the job list: 00:00 to 23:59, whatever the reader's language has.
const clockOf = options => new Intl.DateTimeFormat(undefined, { ...options, hourCycle: "h23" });
const dayAndTime = clockOf({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const timeOnly = clockOf({ hour: "2-digit", minute: "2-digit" });
const timeWithSeconds = clockOf({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const withYear = clockOf({ dateStyle: "medium", timeStyle: "short" });
const whole = clockOf({ dateStyle: "full", timeStyle: "long" });
const dayOnly = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const numbers = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

export const number = value => numbers.format(value);
export const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;
export const clock = at => timeOnly.format(new Date(at));
export const clockWithSeconds = at => timeWithSeconds.format(new Date(at));
export const fullTime = at => whole.format(new Date(at));
export const dayName = at => dayOnly.format(new Date(at));

export function startOfDay(at, days = 0) {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days).getTime();
}

/** "today 14:30", "tomorrow 07:30", "Fri 27 Nov, 07:30". */
export function localTime(at) {
  const then = new Date(at).getTime();
  const day = Math.round((startOfDay(then) - startOfDay(now())) / 86400000);
  if (day === 0) return `today ${clock(then)}`;
  if (day === 1) return `tomorrow ${clock(then)}`;
  if (day === -1) return `yesterday ${clock(then)}`;
  return Math.abs(day) < 200 ? dayAndTime.format(then) : withYear.format(then);
}

/** A text of the daemon with its instants as the rest of the page has them. */
export const inLocalTime = text => text.replaceAll(/(\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d)?) UTC/g, (_, day, time) => localTime(`${day}T${time}Z`));

/** "in 5 min", "12 s ago". */
export function relative(at) {
  const seconds = (new Date(at).getTime() - now()) / 1000;
  const words = coarse(Math.abs(seconds));
  if (Math.abs(seconds) < 5) return "now";
  return seconds > 0 ? `in ${words}` : `${words} ago`;
}

function coarse(seconds) {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 129600) return `${Math.round(seconds / 3600)} h`;
  if (seconds < 5184000) return `${Math.round(seconds / 86400)} days`;
  return `${Math.round(seconds / 2592000)} months`;
}

/** "0.4 s", "3 min 20 s", "2 h 5 min". */
export function span(seconds) {
  if (seconds == null) return "–";
  if (seconds < 0.0995) return `${Math.max(0, Math.round(seconds * 1000))} ms`;
  if (seconds < 9.95) return `${number(seconds)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return join(seconds, 60, "min", 1, "s");
  if (seconds < 86400) return join(seconds, 3600, "h", 60, "min");
  return join(seconds, 86400, "d", 3600, "h");
}

function join(seconds, large, largeName, small, smallName) {
  const first = Math.floor(seconds / large);
  const rest = Math.floor((seconds - first * large) / small);
  return rest > 0 ? `${first} ${largeName} ${rest} ${smallName}` : `${first} ${largeName}`;
}

export const durationOf = run => (new Date(run.ended ?? now()).getTime() - new Date(run.started).getTime()) / 1000;

export function bytes(count) {
  if (count == null) return "–";
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  while (count >= 1000 && unit < units.length - 1) {
    count /= 1000;
    unit++;
  }
  return `${numbers.format(count)} ${units[unit]}`;
}

const dollars = digits => new Intl.NumberFormat(undefined, { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol", minimumFractionDigits: 2, maximumFractionDigits: digits });
const [cents, fine] = [dollars(2), dollars(6)];

/** US dollars: cents, and of less than a dollar what is behind them. */
export const money = value => value == null ? "–" : (Math.abs(value) >= 1 ? cents : fine).format(value);

/** "950", "12 k", "3.4 M". */
export function amount(count) {
  if (count < 10_000) return number(count);
  return count < 1_000_000 ? `${numbers.format(count / 1000)} k` : `${numbers.format(count / 1_000_000)} M`;
}

const statusWords = {
  succeeded: "succeeded", failed: "failed", timed_out: "took too long", lost: "lost", canceled: "canceled",
  failing: "failing", flaky: "flaky", crash_loop: "crash loop", late: "late",
  running: "running", queued: "queued", waiting: "waiting", skipped: "skipped", blocked: "not run", pending: "to come", unused: "not needed",
  void: "no longer valid",
};

export const statusWord = status => statusWords[status] ?? status.replaceAll("_", " ");

/** good, bad, busy or calm: what a status means to somebody who looks. */
export function moodOf(status) {
  if (status === "succeeded") return "good";
  if (status === "failed" || status === "timed_out" || status === "lost" || status === "failing" || status === "crash_loop" || status === "late") return "bad";
  if (status === "running") return "busy";
  return "calm";
}

export const isBad = status => moodOf(status) === "bad";

/** Whether somebody should look at a job: docs/health.md. */
export const isNotWell = job => job.health.words !== null;

const kinds = {
  trigger: "on request", always: "always on", daily: "daily", random_daily: "once a day, at a random time",
  interval: "at intervals", cron: "by calendar", idle: "when idle",
};

export const kindWord = kind => kinds[kind] ?? kind;

const deeds = {
  "trigger.create": "asked for a run", "trigger.cancel": "took back a request", "run.stop": "stopped a run", "run.restart": "restarted a run",
  "job.stop": "stopped the job", "job.restart": "restarted the job", "job.pause": "paused the job", "job.resume": "resumed the job",
  "state.set": "set a value", "state.delete": "deleted a value", "config.set": "changed a setting", "config.unset": "took back a setting",
  "key.add": "made a key", "key.revoke": "revoked a key", "list.reload": "had the job list read again", "list.save": "saved a file of the job list",
  "list.change": "took over a changed job list", "models.save": "saved models.yaml", "models.change": "took over a changed models.yaml", "daemon.start": "started", "daemon.stop": "ended", "database.restore": "restored the database",
  "approval.approve": "approved", "approval.reject": "rejected", "flow.retry": "retried a flow", "flow.cancel": "canceled a flow", "signal.send": "sent a signal",
  "confirm.ask": "wanted to do what must be confirmed", "confirm.use": "confirmed", "confirm.refuse": "was refused", "history.delete": "deleted history",
  "audit.begin": "began the audit", "audit.accept": "accepted what a check found",
};

/** "paused the job" for `job.pause`. */
export const deed = action => deeds[action] ?? action.replaceAll(/[._]/g, " ");

/** What a text with ANSI colours is made of: [text, class, style]. Other escape sequences are left out. */
export function ansi(text) {
  if (!text.includes("\u001b")) return [[text, "", null]];
  const parts = [];
  let state = {};
  let from = 0;
  // eslint-disable-next-line no-control-regex
  for (const match of text.matchAll(/\u001b(?:\[([0-9;:]*)([A-Za-z])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|.)/g)) {
    if (match.index > from) parts.push([text.slice(from, match.index), ...look(state)]);
    if (match[2] === "m") state = restyle(state, (match[1] || "0").split(/[;:]/).map(Number));
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push([text.slice(from), ...look(state)]);
  return parts;
}

function restyle(state, codes) {
  const next = { ...state };
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) Object.keys(next).forEach(key => delete next[key]);
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 22) next.bold = next.dim = false;
    else if (code === 23) next.italic = false;
    else if (code === 24) next.underline = false;
    else if (code >= 30 && code <= 37) next.color = code - 30;
    else if (code >= 90 && code <= 97) next.color = code - 82;
    else if (code === 39) delete next.color;
    else if (code === 38 || code === 48) {
      const colour = codes[i + 1] === 5 ? indexed(codes[i + 2]) : `rgb(${codes[i + 2] | 0}, ${codes[i + 3] | 0}, ${codes[i + 4] | 0})`;
      if (code === 38) next.color = colour;
      i += codes[i + 1] === 5 ? 2 : 4;
    }
  }
  return next;
}

function indexed(index) {
  if (!(index >= 16)) return index | 0;
  if (index >= 232) return `rgb(${Array(3).fill(8 + (index - 232) * 10)})`;
  const steps = [0, 95, 135, 175, 215, 255];
  const cube = index - 16;
  return `rgb(${steps[Math.floor(cube / 36)]}, ${steps[Math.floor(cube / 6) % 6]}, ${steps[cube % 6]})`;
}

function look(state) {
  const names = ["bold", "dim", "italic", "underline"].filter(name => state[name]).map(name => `ansi-${name}`);
  if (typeof state.color === "number") names.push(`ansi-${state.color}`);
  return [names.join(" "), typeof state.color === "string" ? { color: state.color } : null];
}

export const plainText = text => text.includes("\u001b") ? ansi(text).map(part => part[0]).join("") : text;
