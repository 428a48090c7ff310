// Requests to the API, and what happens as it happens. A key, where one is needed, goes into a header and never into an address.

import { setServerTime } from "./words.js";

const keyName = "aios-key";
// Read once: two tabs may be two people.
let key = sessionStorage.getItem(keyName) ?? localStorage.getItem(keyName);

export const hasKey = () => key !== null;

export function setKey(text, keep) {
  forgetKey();
  key = text;
  (keep ? localStorage : sessionStorage).setItem(keyName, text);
}

export function forgetKey() {
  key = null;
  sessionStorage.removeItem(keyName);
  localStorage.removeItem(keyName);
}

export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? `The daemon answered with ${status}.`);
    this.status = status;
    this.type = (body?.type ?? "").replace("urn:aios:problem:", "");
    this.title = body?.title ?? "It was not done";
    this.errors = body?.errors ?? [];
    this.confirmation = body?.confirmation ?? null;
  }
}

export class Unreachable extends Error {}

const listeners = new Set();
/** Calls back with each problem and with null for each answer that is none. */
export const onAnswer = listener => (listeners.add(listener), () => listeners.delete(listener));
const tell = problem => listeners.forEach(listener => listener(problem));

async function ask(method, path, { body, headers, signal } = {}) {
  const all = new Headers(headers);
  if (key !== null) all.set("Authorization", `Bearer ${key}`);
  if (body !== undefined) all.set("Content-Type", "application/json");
  try {
    return await fetch(`/api/v1/${path}`, { method, headers: all, body: body === undefined ? undefined : JSON.stringify(body), signal, cache: "no-store", credentials: "omit", redirect: "error" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    const unreachable = new Unreachable("The daemon cannot be reached.");
    tell(unreachable);
    throw unreachable;
  }
}

async function problemOf(response) {
  const text = await response.text().catch(() => "");
  try {
    return new Problem(response.status, JSON.parse(text));
  } catch {
    return new Problem(response.status, null);
  }
}

// All who listen hear of what is wrong.
async function answered(response) {
  setServerTime(response.headers.get("Date"));
  if (response.ok) return response;
  const problem = await problemOf(response);
  tell(problem);
  throw problem;
}

/** A file. */
export const getFile = async (path, options) => (await answered(await ask("GET", path, options))).blob();

/** Asks, and gives the answer's body; `withResponse` also its headers. */
export async function request(method, path, options = {}) {
  const response = await answered(await ask(method, path, options));
  const text = await response.text();
  tell(null);
  const body = text === "" ? null : JSON.parse(text);
  return options.withResponse ? { body, etag: response.headers.get("ETag") } : body;
}

export const get = (path, options) => request("GET", path, options);
export const post = (path, body, options) => request("POST", path, { body, ...options });
export const put = (path, body, options) => request("PUT", path, { body, ...options });

/** A query string of what is neither null nor empty. */
export function query(values) {
  const known = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return known.length === 0 ? "" : `?${new URLSearchParams(known)}`;
}

const silence = 40_000; // the daemon says something each 15 s

/**
 * Follows server-sent events until `stop()`, coming back by itself after the last one that was seen. While the page is
 * hidden nothing is held open: a browser has few connections, and all tabs share them.
 */
export function follow(path, { after = null, onEvent, onState = () => {} }) {
  let last = after;
  let stopped = false;
  let current = null;
  let wake = () => {};
  let failures = 0;

  const visible = () => {
    if (document.hidden) current?.abort();
    else wake();
  };
  document.addEventListener("visibilitychange", visible);

  async function run() {
    while (!stopped) {
      if (document.hidden) {
        await new Promise(resolve => { wake = resolve; });
        continue;
      }
      current = new AbortController();
      try {
        const separator = path.includes("?") ? "&" : "?";
        const response = await ask("GET", last === null ? path : `${path}${separator}after=${last}`, { headers: { Accept: "text/event-stream" }, signal: current.signal });
        if (response.status === 204) return;
        if (!response.ok) {
          const problem = await problemOf(response);
          tell(problem);
          throw problem;
        }
        failures = 0;
        onState("open");
        if (await read(response.body, current)) return;
      } catch (error) {
        if (stopped) return;
        if (error.name !== "AbortError" || !document.hidden) onState("lost", error);
      }
      if (stopped) return;
      if (!document.hidden) await pause(Math.min(5000, 300 * 2 ** Math.min(failures++, 5)));
    }
  }

  const pause = ms => new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    wake = () => { clearTimeout(timer); resolve(); };
  });

  async function read(stream, controller) {
    const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    let watchdog = setTimeout(() => controller.abort(), silence);
    try {
      while (true) {
        const { value, done } = await reader.read();
        if (done) throw new Unreachable("The stream ended.");
        clearTimeout(watchdog);
        watchdog = setTimeout(() => controller.abort(), silence);
        const frames = (rest + value).split("\n\n");
        rest = frames.pop();
        for (const frame of frames) if (take(frame)) return true;
      }
    } finally {
      clearTimeout(watchdog);
      controller.abort();
    }
  }

  function take(frame) {
    let kind = null;
    let data = null;
    for (const line of frame.split("\n")) {
      if (line.startsWith("id: ") && line !== "id: end") last = line.slice(4);
      else if (line.startsWith("event: ")) kind = line.slice(7);
      else if (line.startsWith("data: ")) data = line.slice(6);
    }
    if (kind !== null) onEvent(kind, JSON.parse(data));
    return kind === "end";
  }

  run();
  return () => {
    stopped = true;
    document.removeEventListener("visibilitychange", visible);
    current?.abort();
    wake();
  };
}
