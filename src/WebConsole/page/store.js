// What the whole page knows, kept up to date by the event stream. Views read it and are told when it changes.

import { follow, get, onAnswer, Unreachable } from "./api.js";
import { readApprovals, concernsApprovals } from "./flowdata.js";
import { isBad, isNotWell } from "./words.js";

const strip = 20;

export const state = {
  me: null,
  status: null,
  jobs: new Map(),
  running: new Map(),
  /** Those that wait for a person. */
  approvals: [],
  /** starting, live, lost, key (one is needed), refused (see problem) */
  connection: "starting",
  problem: null,
  isLoaded: false,
  /** Rises with each list of jobs that was read, so that views know when to look again. */
  generation: 0,
};

const watchers = new Set();
const eventWatchers = new Set();
let announced = false;

/** Views are told at most ten times a second, however much happens. */
export function announce() {
  if (announced) return;
  announced = true;
  setTimeout(() => {
    announced = false;
    watchers.forEach(watcher => watcher());
  }, state.isLoaded ? 100 : 0);
}

/** For what a person does, which is seen at once. */
export const announceNow = () => watchers.forEach(watcher => watcher());

export const watch = watcher => (watchers.add(watcher), () => watchers.delete(watcher));
export const watchEvents = watcher => (eventWatchers.add(watcher), () => eventWatchers.delete(watcher));

// Each may do what those before it may.
const roles = ["viewer", "approver", "operator", "admin"];
export const may = role => roles.indexOf(state.me?.role) >= roles.indexOf(role);
export const mayDecide = () => may("approver");
export const sees = () => (state.me?.jobs.length ?? 0) === 0;

let stop = null;
let early = null; // what happens while all is read for the first time

export function start() {
  stop?.();
  Object.assign(state, { connection: "starting", problem: null, isLoaded: false });
  announce();
  early = [];
  stop = follow("events", {
    onEvent: (kind, event) => kind === "dropped" ? loadAll() : early ? early.push(event) : take(event),
    onState: (word, error) => word === "open" ? loadAll() : lose(error),
  });
}

onAnswer(problem => {
  if (problem?.status === 401) {
    stop?.();
    Object.assign(state, { connection: "key", problem });
    announce();
  } else if (problem instanceof Unreachable) {
    lose(problem);
  }
});

function lose(error) {
  if (state.connection === "key") return;
  const isRefused = error?.status === 403 || error?.status === 421;
  Object.assign(state, { connection: isRefused ? "refused" : "lost", problem: error });
  announce();
}

async function loadAll() {
  early ??= [];
  try {
    const [me, status, jobs, running, approvals] = await Promise.all([get("whoami"), get("status"), get(`jobs?recent=${strip}`), get("runs?status=running&limit=500"), waitingApprovals()]);
    state.me = me;
    state.approvals = approvals;
    state.status = status;
    state.running = new Map(running.items.map(run => [run.id, run]));
    takeJobs(jobs.items);
    const missed = early;
    early = null;
    missed.forEach(take);
    Object.assign(state, { connection: "live", problem: null, isLoaded: true });
    announce();
  } catch (error) {
    if (!(error instanceof Unreachable) && error.status !== 401) lose(error);
    else if (error instanceof Unreachable) setTimeout(() => state.connection === "lost" && early && loadAll(), 1000);
  }
}

function takeJobs(items) {
  state.jobs = new Map(items.map(job => [job.name, job]));
  state.generation++;
}

/** Reads something again soon, and not too often: never more than a small part of the time goes into it. */
function again(read, least) {
  let timer = null;
  let wait = least;
  return () => {
    timer ??= setTimeout(async () => {
      timer = null;
      const began = performance.now();
      try {
        await read();
        wait = Math.max(least, 20 * (performance.now() - began));
        announce();
      } catch {
        // Whoever is told of problems has been told.
      }
    }, wait);
  };
}

export const refreshJobs = again(async () => takeJobs((await get(`jobs?recent=${strip}`)).items), 1500);
// Some become well only by the time that goes by.
setInterval(() => state.connection === "live" && [...state.jobs.values()].some(isNotWell) && refreshJobs(), 10_000);

const waitingApprovals = () => readApprovals({ status: "waiting", limit: 100 }).then(page => page.items);
export const refreshApprovals = again(async () => { state.approvals = await waitingApprovals(); }, 500);

/** What was decided here waits no more, whenever the event comes. */
export function dropApproval(id) {
  state.approvals = state.approvals.filter(approval => approval.id !== id);
  announce();
}

export const refreshStatus = again(async () => { state.status = await get("status"); }, 500);

function take(event) {
  const job = event.job_name === null ? null : state.jobs.get(event.job_name);
  switch (event.kind) {
    case "run.started": begin(event, job); break;
    case "run.progress": progress(event); break;
    case "run.ended": end(event, job); break;
    case "job.paused": hold(job, "paused"); break;
    case "job.stopped": hold(job, "stopped"); break;
    case "job.ended": hold(job, "ended"); break;
    case "job.resumed": hold(job, null); break;
    case "list.reloaded": refreshJobs(); break;
  }
  if (event.kind !== "run.progress") refreshStatus();
  if (concernsApprovals(event)) refreshApprovals();
  eventWatchers.forEach(watcher => watcher(event));
  announce();
}

function begin(event, job) {
  const run = { id: event.run_id, trigger_id: event.trigger_id, job_name: event.job_name, status: "running", started: event.at, ended: null, device: event.device, progress: null, progress_text: null, attempt: event.attempt ?? 1, reason: null };
  if (!state.running.has(run.id)) state.running.set(run.id, run);
  if (!job || job.recent.some(known => known.id === run.id)) return;
  replace(job, { last_run: run, recent: [run, ...job.recent].slice(0, strip) });
  // Its next run is another one now.
  if (job.schedule) refreshJobs();
}

function progress(event) {
  const run = state.running.get(event.run_id);
  if (run) state.running.set(run.id, { ...run, progress: event.progress, progress_text: event.progress_text });
}

function end(event, job) {
  const run = state.running.get(event.run_id);
  state.running.delete(event.run_id);
  if (!job) return;
  const over = { status: event.status, ended: event.at, reason: event.reason };
  replace(job, {
    last_run: job.last_run?.id === event.run_id ? { ...job.last_run, ...run, ...over } : job.last_run,
    recent: job.recent.map(known => known.id === event.run_id ? { ...known, status: event.status, ended: event.at } : known),
  });
  if (isBad(event.status) || isNotWell(job)) refreshJobs();
}

function hold(job, word) {
  if (job) replace(job, { held: word });
  refreshJobs();
}

// A new object each time, so that who draws it sees that it has changed.
const replace = (job, changes) => state.jobs.set(job.name, { ...state.jobs.get(job.name), ...changes });
