// The parts that all views are made of.

import { h, render, Fragment } from "./preact.js";
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState, useCallback } from "./hooks.js";
import htm from "./htm.js";
import { state, watch, watchEvents, announce, announceNow } from "./store.js";
import { Unreachable } from "./api.js";
import * as words from "./words.js";

export const html = htm.bind(h);
export { render, Fragment, useEffect, useLayoutEffect, useMemo, useRef, useState, useCallback };

/** Draws the view again when the state changes. */
export function useStore() {
  const [, draw] = useReducer(count => count + 1, 0);
  useEffect(() => watch(draw), []);
  return state;
}

/** Reads something when the view appears, when `keys` change, and (not too often) when an event comes that `wants` it. */
export function useData(read, keys = [], wants = null, least = 500) {
  const [data, setData] = useState({ value: null, error: null });
  const [turn, again] = useReducer(count => count + 1, 0);
  useEffect(() => {
    const abort = new AbortController();
    read(abort.signal).then(value => setData({ value, error: null }), error => {
      if (error.name !== "AbortError") setData(old => ({ value: old.value, error }));
    });
    return () => abort.abort();
  }, [...keys, turn, state.isLoaded]);
  useEffect(() => {
    if (!wants) return undefined;
    let timer = null;
    const stop = watchEvents(event => {
      if (wants(event)) timer ??= setTimeout(() => { timer = null; again(); }, least);
    });
    return () => { clearTimeout(timer); stop(); };
  }, keys);
  return { ...data, again };
}

const pause = 5000; // ms between two looks

/** As useData, for what no event tells of: looked at again and again while somebody sees it. */
export function usePolled(read, keys, isOver = false) {
  const data = useData(read, keys, event => event.kind === "run.ended", 1000);
  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(() => document.hidden || data.again(), pause);
    return () => clearInterval(timer);
  }, [...keys, isOver]);
  return data;
}

const beats = new Set();
setInterval(() => beats.forEach(beat => beat()), 1000);

/** A text that changes with the time; it is drawn again only when it does. */
export function useTicking(text) {
  const [shown, show] = useState(text);
  const latest = useRef(text);
  latest.current = text;
  useEffect(() => {
    const beat = () => show(latest.current());
    beats.add(beat);
    return () => beats.delete(beat);
  }, []);
  return text() === shown ? shown : text();
}

export function When({ at, local = false, both = false }) {
  const text = useTicking(() => !at ? "" : both ? `${words.localTime(at)} (${words.relative(at)})` : local ? words.localTime(at) : words.relative(at));
  return at ? html`<time datetime=${at} title=${words.fullTime(at)}>${text}</time>` : html`<span class="faint">–</span>`;
}

export function Duration({ run }) {
  return html`<span class="num">${useTicking(() => words.span(words.durationOf(run)))}</span>`;
}

const marks = { good: "✓", bad: "✕", busy: "▸", calm: "•" };

export function Status({ status, held = null }) {
  const mood = held ? "calm" : words.moodOf(status);
  return html`<span class=${`status ${mood}`}><span class="mark" aria-hidden="true">${held ? "❚❚" : marks[mood]}</span>${held ?? words.statusWord(status)}</span>`;
}

export function Strip({ runs, label = true }) {
  const shown = runs.slice().reverse();
  const bad = runs.filter(run => words.isBad(run.status)).length;
  const about = runs.length === 0 ? "has not run yet" : `last ${words.plural(runs.length, "run")}: ${bad === 0 ? "none failed" : `${bad} failed`}`;
  return html`<span class="strip" role="img" aria-label=${about} title=${label ? about : undefined}>
    ${shown.map(run => html`<span key=${run.id} class=${`tick ${words.moodOf(run.status)}`}></span>`)}
  </span>`;
}

export function Progress({ run }) {
  if (run.progress == null && !run.progress_text) return null;
  const percent = run.progress == null ? null : Math.round(100 * Math.min(1, Math.max(0, run.progress)));
  return html`<div class="progress">
    ${percent !== null && html`<progress max="100" value=${percent} aria-label=${`Progress of run ${run.id}`}></progress><span class="num">${percent} %</span>`}
    ${run.progress_text && html`<span class="faint">${run.progress_text}</span>`}
  </div>`;
}

export function Empty({ title, children }) {
  return html`<div class="empty"><p class="empty-title">${title}</p>${children && html`<p>${children}</p>`}</div>`;
}

/** What a view shows while its data is not there. */
export function Pending({ data, what }) {
  if (data.error) return html`<${Failure} error=${data.error} again=${data.again} />`;
  return html`<p class="faint" role="status">Reading ${what} …</p>`;
}

export function Failure({ error, again }) {
  return html`<div class="notice bad" role="alert">
    <strong>${error.title ?? "That did not work"}</strong><p>${error.message}</p>
    ${again && html`<button onClick=${again}>Try again</button>`}
  </div>`;
}

export const link = (...parts) => `#/${parts.map(encodeURIComponent).join("/")}`;
/** The page of a job; of a step of a flow, that of the flow's job. */
export const jobLink = name => link("jobs", state.jobs.has(name) ? name : name.split("/")[0]);
export const go = hash => { location.hash = hash; };

let dialogs = [];
export const openDialogs = () => dialogs;

/** Opens a dialog; `body` is a component that is given `close`. */
export function openDialog(body) {
  const dialog = { id: Math.random(), body };
  dialogs = [...dialogs, dialog];
  announceNow();
}

export function closeDialog(dialog) {
  dialogs = dialogs.filter(other => other !== dialog);
  announceNow();
}

export function Dialog({ title, close, children, danger = false }) {
  const box = useRef();
  useLayoutEffect(() => {
    const before = document.activeElement;
    box.current.showModal();
    return () => before?.isConnected && before.focus();
  }, []);
  return html`<dialog ref=${box} aria-labelledby="dialog-title" class=${danger ? "danger" : ""} onClose=${close} onClick=${event => event.target === box.current && close()}>
    <div class="dialog-body"><h2 id="dialog-title">${title}</h2>${children}</div>
  </dialog>`;
}

/** Asks before something is done that cannot be undone. */
export function confirm({ title, text, yes, act, extra = null, isHarmless = false }) {
  openDialog(({ close }) => html`<${Dialog} title=${title} close=${close} danger=${!isHarmless}>
    <p>${text}</p>
    <div class="row end">
      <button type="button" onClick=${close} autofocus>No, leave it</button>
      ${extra && html`<button type="button" onClick=${() => { close(); extra.act(); }}>${extra.label}</button>`}
      <button type="button" class=${isHarmless ? "primary" : "primary bad"} onClick=${() => { close(); act(); }}>${yes}</button>
    </div>
  <//>`);
}

let toasts = [];
export const openToasts = () => toasts;

export function toast(text, mood = "good", href = null) {
  const entry = { id: Math.random(), text, mood, href };
  toasts = [...toasts.slice(-2), entry];
  announce();
  setTimeout(() => dismiss(entry), mood === "bad" ? 12000 : 6000);
}

export function dismiss(entry) {
  toasts = toasts.filter(other => other !== entry);
  announce();
}

/** Does something on request, and says how it went. */
export async function act(work, done) {
  try {
    const result = await work();
    const told = typeof done === "function" ? done(result) : done;
    if (told) toast(...[told].flat());
    return result;
  } catch (error) {
    toast(error instanceof Unreachable ? "The daemon cannot be reached, so nothing was done." : error.message, "bad");
    return null;
  }
}

/**
 * A long list of which only what is seen is there. Rows are all of one height, which the style sheet says as --row.
 */
export function LongList({ items, row, keyOf, label, empty, onVisible = null }) {
  const list = useRef();
  const [range, setRange] = useState({ from: 0, to: 40, height: 56 });
  const measure = useCallback(() => {
    const element = list.current;
    if (!element) return;
    const height = parseFloat(getComputedStyle(element).getPropertyValue("--row")) || 56;
    const top = Math.max(0, -element.getBoundingClientRect().top);
    const step = 10;
    const from = Math.max(0, Math.floor(top / height / step) * step - step);
    const to = Math.ceil((top + innerHeight) / height / step) * step + step;
    setRange(old => old.from === from && old.to === to && old.height === height ? old : { from, to, height });
  }, []);
  useLayoutEffect(() => {
    measure();
    addEventListener("scroll", measure, { passive: true });
    addEventListener("resize", measure);
    return () => {
      removeEventListener("scroll", measure);
      removeEventListener("resize", measure);
    };
  }, []);
  const shown = items.slice(range.from, range.to);
  useEffect(() => { onVisible?.(shown); }, [range.from, range.to, items]);
  if (items.length === 0) return html`<div ref=${list}>${empty}</div>`;
  const after = Math.max(0, items.length - range.from - shown.length) * range.height;
  return html`<ul class="long" ref=${list} aria-label=${label} style=${{ paddingTop: `${range.from * range.height}px`, paddingBottom: `${after}px` }}>
    ${shown.map((item, place) => html`<li key=${keyOf(item)} aria-setsize=${items.length} aria-posinset=${range.from + place + 1}>${row(item)}</li>`)}
  </ul>`;
}

/** Tabs over one list. */
export function Choice({ label, value, options, onChange }) {
  return html`<div class="choice" role="group" aria-label=${label}>
    ${options.map(([option, text]) => html`<button key=${option} type="button" aria-pressed=${value === option ? "true" : "false"} onClick=${() => onChange(option)}>${text}</button>`)}
  </div>`;
}
