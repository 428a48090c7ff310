// What can be done with jobs and runs, from wherever it is asked for.

import { get, post } from "./api.js";
import { html, act, confirm, openDialog, Dialog, link, toast, useState } from "./ui.js";
import * as words from "./words.js";

const path = job => `jobs/${encodeURIComponent(job)}`;

export const pause = job => act(() => post(`${path(job)}/pause`), `${job} is paused: nothing new of it starts.`);
export const resume = job => act(() => post(`${path(job)}/resume`), `${job} may run again.`);
export const restart = job => act(() => post(`${path(job)}/restart`), `${job} is being restarted.`);

export function stop(job, isAlways) {
  const end = now => act(() => post(`${path(job)}/stop`, { now }), result => [told(result), result.runs.length + result.canceled_triggers === 0 ? "calm" : "good"]);
  confirm({
    title: `Stop ${job}?`,
    text: isAlways ? "Its run is stopped, and it stays stopped until you resume it." : "Its runs are stopped and its queued triggers are canceled. Its schedule continues.",
    yes: "Stop it",
    act: () => end(false),
    extra: { label: "Kill it at once", act: () => end(true) },
  });
}

function told(result) {
  const parts = [];
  if (result.runs.length > 0) parts.push(result.runs.length === 1 ? "its run is being ended" : `its ${result.runs.length} runs are being ended`);
  if (result.canceled_triggers > 0) parts.push(`${result.canceled_triggers} taken out of the line`);
  return parts.length === 0 ? "Nothing of it ran." : `Done: ${parts.join(", ")}.`;
}

export const cancelRun = run => confirm({
  title: `Stop run ${run.id} of ${run.job_name}?`,
  text: "The program is asked to end, and is killed if it has not ended after its time of grace.",
  yes: "Stop the run",
  act: () => act(() => post(`runs/${run.id}/cancel`, { now: false }), `Run ${run.id} is being ended.`),
  extra: { label: "Kill it at once", act: () => act(() => post(`runs/${run.id}/cancel`, { now: true }), `Run ${run.id} is being killed.`) },
});

export const retry = run => act(() => post(`runs/${run.id}/retry`, undefined, once()), trigger => [`Run ${run.id} is queued again.`, "good", link("jobs", trigger.job_name)]);

export const cancelTrigger = trigger => act(() => post(`triggers/${trigger.id}/cancel`), `Taken back: trigger ${trigger.id} of ${trigger.job_name}.`);

// So that a click whose answer is lost, and that is made again, does nothing twice.
const once = () => ({ headers: { "Idempotency-Key": crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` } });

/** Opens the form in which a job is asked to run. */
export async function runNow(name) {
  const job = await act(() => get(path(name)), null);
  if (job) openDialog(({ close }) => html`<${TriggerForm} job=${job} close=${close} />`);
}

function TriggerForm({ job, close }) {
  const [args, setArgs] = useState(() => (job.definition.args ?? []).map(fieldOf));
  const [kwargs, setKwargs] = useState(() => Object.entries(job.definition.kwargs ?? {}).map(([name, value]) => ({ name, isKnown: true, ...fieldOf(value) })));
  const [when, setWhen] = useState("");
  const [priority, setPriority] = useState("");
  const [defect, setDefect] = useState(null);

  async function submit(event) {
    event.preventDefault();
    try {
      const order = {};
      if (args.length > 0) order.args = args.map((field, place) => valueOf(field, `Value ${place + 1}`));
      const changed = kwargs.filter(field => field.name.trim() !== "" && !(field.isKnown && field.text === field.first));
      if (changed.length > 0) order.kwargs = Object.fromEntries(changed.map(field => [field.name.trim(), valueOf(field, field.name)]));
      if (when !== "") order.run_at = new Date(when).toISOString();
      if (priority !== "") order.priority = Number(priority);
      setDefect(null);
      const trigger = await act(() => post(`${path(job.name)}/trigger`, order, once()), when === "" ? null : [`${job.name} will run then.`, "good", "#/queue"]);
      if (trigger) {
        close();
        if (when === "") toast(`${job.name} is queued and starts as soon as a slot is free.`, "good", link("jobs", job.name));
      }
    } catch (error) {
      setDefect(error.message);
    }
  }

  return html`<${Dialog} title=${`Run ${job.name}`} close=${close}>
    ${job.definition.description && html`<p class="faint">${job.definition.description}</p>`}
    ${job.waiting && html`<p class="notice calm">It waits just now: ${words.inLocalTime(job.waiting)}.</p>`}
    <form onSubmit=${submit} class="form">
      ${args.map((field, place) => html`<${Value} key=${place} label=${`Value ${place + 1}`} field=${field} onChange=${next => setArgs(replace(args, place, next))} />`)}
      ${kwargs.map((field, place) => html`<${Value} key=${place} label=${field.name} field=${field} named=${!field.isKnown}
        onChange=${next => setKwargs(replace(kwargs, place, next))} onRemove=${() => setKwargs(kwargs.filter((_, other) => other !== place))} />`)}
      <button type="button" class="quiet" onClick=${() => setKwargs([...kwargs, { name: "", kind: "text", text: "", first: "" }])}>+ Add a value with a name</button>
      <details><summary>Later, or sooner than others</summary>
        <label class="field"><span>Not before</span><input type="datetime-local" value=${when} onInput=${event => setWhen(event.target.value)} /></label>
        <label class="field"><span>Priority <small>higher goes first</small></span><input type="number" step="1" value=${priority} onInput=${event => setPriority(event.target.value)} /></label>
      </details>
      ${defect && html`<p class="notice bad" role="alert">${defect}</p>`}
      <div class="row end"><button type="button" onClick=${close}>Cancel</button><button class="primary" autofocus>Run it</button></div>
    </form>
  <//>`;
}

const replace = (list, place, item) => list.map((old, other) => other === place ? item : old);

function Value({ label, field, named, onChange, onRemove }) {
  const set = text => onChange({ ...field, text });
  const input = field.kind === "flag"
    ? html`<select aria-label=${named ? "Value" : undefined} value=${field.text} onChange=${event => set(event.target.value)}><option value="true">yes</option><option value="false">no</option></select>`
    : field.kind === "json"
      ? html`<textarea rows="3" spellcheck="false" value=${field.text} onInput=${event => set(event.target.value)}></textarea>`
      : html`<input type=${field.kind === "number" ? "number" : "text"} step="any" aria-label=${named ? "Value" : undefined} value=${field.text} onInput=${event => set(event.target.value)} />`;
  if (!named) return html`<label class="field"><span>${label} ${field.kind === "json" && html`<small>as JSON</small>`}</span>${input}</label>`;
  return html`<div class="field pair">
    <input aria-label="Name" placeholder="name" value=${field.name} onInput=${event => onChange({ ...field, name: event.target.value })} />
    <select aria-label="Kind" value=${field.kind} onChange=${event => onChange({ ...field, kind: event.target.value, text: event.target.value === "flag" ? "true" : "" })}>
      <option value="text">text</option><option value="number">number</option><option value="flag">yes or no</option><option value="json">JSON</option>
    </select>
    ${input}
    <button type="button" class="quiet" onClick=${onRemove} aria-label="Remove this value">✕</button>
  </div>`;
}

function fieldOf(value) {
  const kind = typeof value === "string" ? "text" : typeof value === "number" ? "number" : typeof value === "boolean" ? "flag" : "json";
  const text = kind === "text" ? value : JSON.stringify(value);
  return { kind, text, first: text };
}

function valueOf(field, name) {
  if (field.kind === "text") return field.text;
  if (field.kind === "flag") return field.text === "true";
  try {
    return JSON.parse(field.text);
  } catch {
    throw new Error(`${name}: expected ${field.kind === "number" ? "a number" : "JSON, such as [1, 2] or {\"a\": 1}"}.`);
  }
}
