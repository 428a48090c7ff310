// Flows: the latest of them, and one with its steps.

import { get } from "./api.js";
import { html, useStore, useData, useState, useLayoutEffect, useRef, When, Duration, Pending, Empty, Choice, act, confirm, link, go, toast } from "./ui.js";
import { may } from "./store.js";
import { readFlow, readFlows, readItems, retryFlow, cancelFlow, concernsFlow } from "./flowdata.js";
import { StepGraph } from "./graph.js";
import { Gantt, StepBar, StepStatus, isGoing } from "./steps.js";
import { Fields, ResultFile, Value } from "./values.js";
import { Log } from "./run.js";
import { RunTable } from "./jobs.js";
import * as words from "./words.js";

const atOnce = 50;
const manySteps = 200;
const kinds = { file: "a program", function: "a function", command: "a command", shell: "a shell command", job: "another job", approval: "a question to a person", wait: "a wait", set: "values" };
const views = [["graph", "Graph"], ["time", "Time"]];

const isOver = flow => flow.ended !== null && !["queued", "waiting", "running"].includes(flow.status);
const stepLink = (id, step, view) => `${link("flows", `${id}`)}?${new URLSearchParams({ ...(step ? { step } : {}), ...(view === "time" ? { view } : {}) })}`.replace(/\?$/, "");

// The first page is read again when something happens, those behind it when somebody asks.
function usePages(read, keyOf, keys, ...wants) {
  const first = useData(signal => read(null, signal), keys, ...wants);
  const [older, setOlder] = useState({ items: [], next: null });
  const known = new Set((first.value?.items ?? []).map(keyOf));
  const items = [...(first.value?.items ?? []), ...older.items.filter(item => !known.has(keyOf(item)))];
  const cursor = older.items.length > 0 ? older.next : first.value?.next;
  const more = () => read(cursor).then(page => setOlder({ items: [...older.items, ...page.items], next: page.next }), error => toast(error.message, "bad"));
  return { first, items, more: cursor ? more : null, restart: () => setOlder({ items: [], next: null }) };
}

/** The newest flows of all jobs. */
export function Flows() {
  const { first, items: flows, more } = usePages((cursor, signal) => readFlows({ limit: atOnce, cursor }, signal), flow => flow.id, [], event => event.kind === "run.started" || event.kind === "run.ended" || event.kind === "trigger.closed", 1000);
  return html`<h1 tabindex="-1">Flows</h1>
    ${!first.value ? html`<${Pending} data=${first} what="the flows" />` : flows.length === 0 ? html`<${Empty} title="No flow has run yet">A flow is a job with steps.<//>` : html`<${FlowTable} flows=${flows} withJob />
    ${more && html`<button class="more" onClick=${more}>Older flows</button>`}`}`;
}

function FlowTable({ flows, withJob = false, bar = null }) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Flows"><table class="stack"><thead><tr><th scope="col">Flow</th>${withJob && html`<th scope="col">Job</th>`}<th scope="col">State</th>${bar && html`<th scope="col">Steps</th>`}<th scope="col">Began</th><th scope="col">Took</th><th scope="col">Why</th></tr></thead>
    <tbody>${flows.map(flow => html`<tr key=${flow.id}>
      <td><a href=${link("flows", `${flow.id}`)}><span class="card-only">Flow </span>${flow.id}</a></td>
      ${withJob && html`<td><a href=${link("jobs", flow.job)}>${flow.job}</a></td>`}
      <td><${StepStatus} status=${flow.status} /></td>
      ${bar && html`<td class="bar-cell">${bar(flow)}</td>`}
      <td><${When} at=${flow.started} local /></td>
      <td class="num"><${Duration} run=${flow} /></td>
      <td class="faint">${words.inLocalTime(flow.reason ?? flow.waitsFor ?? "")}</td>
    </tr>`)}</tbody></table></div>`;
}

/** The latest flows of a job, on its page. */
export function FlowsOfJob({ name }) {
  const wants = event => event.job_name !== null && (event.job_name === name || event.job_name.startsWith(`${name}/`)) && event.kind !== "run.progress";
  const flows = useData(async signal => {
    const page = await readFlows({ job: name, limit: 5 }, signal);
    return Promise.all(page.items.map(flow => readFlow(flow.id, signal).then(whole => ({ ...flow, counts: whole.counts }))));
  }, [name], wants, 1000);
  return html`<section class="card" aria-labelledby="flows-title"><h2 id="flows-title">Flows</h2>
    ${!flows.value ? html`<${Pending} data=${flows} what="the flows" />` : flows.value.length === 0 ? html`<${Empty} title="It has not run yet" />` : html`<${FlowTable} flows=${flows.value} bar=${flow => html`<${StepBar} counts=${flow.counts} />`} />`}</section>`;
}

/** One flow. */
export function FlowPage({ id, params }) {
  useStore();
  const latest = useRef(null);
  const about = useData(signal => readFlow(id, signal), [id], event => latest.current !== null && concernsFlow(event, latest.current), latest.current?.steps.length > manySteps ? 3000 : 400);
  const flow = about.value;
  latest.current = flow;
  const selected = flow?.steps.find(step => step.name === params.get("step")) ?? null;
  const view = params.get("view") === "time" ? "time" : "graph";
  if (!flow) return html`<h1 tabindex="-1">Flow ${id}</h1><${Pending} data=${about} what="the flow" />`;
  const open = name => go(stepLink(id, name === selected?.name ? null : name, view));
  const close = () => {
    const button = document.querySelector(`[data-step="${CSS.escape(selected.name)}"]`);
    go(stepLink(id, null, view));
    button?.focus();
  };
  return html`
    <nav class="crumbs" aria-label="Where you are"><a href="#/flows">Flows</a> <span aria-hidden="true">›</span> <a href=${link("jobs", flow.job)}>${flow.job}</a>${flow.parent !== null && html` <span aria-hidden="true">›</span> <a href=${link("flows", `${flow.parent}`)}>flow ${flow.parent}</a>`}</nav>
    <div class="head"><h1 tabindex="-1">Flow ${flow.id} <small><${StepStatus} status=${flow.status} /></small></h1>
      ${may("operator") && html`<div class="actions">${isOver(flow) ? html`<button onClick=${() => retry(flow, null, about.again)}>Retry</button>` : html`<button onClick=${() => cancel(flow, about.again)}>Cancel</button>`}</div>`}</div>
    ${flow.reason && html`<p class=${`notice ${words.moodOf(flow.status)}`}>${words.inLocalTime(flow.reason)}</p>`}
    ${about.error && html`<${Pending} data=${about} />`}
    <dl class="facts wide">
      <dt>Began</dt><dd><${When} at=${flow.started} both /></dd>
      <dt>${flow.ended ? "Took" : "Runs for"}</dt><dd><${Duration} run=${flow} /></dd>
      ${flow.attempt > 1 && html`<dt>Attempt</dt><dd>${flow.attempt}</dd>`}
      <dt>Steps</dt><dd><${StepBar} counts=${flow.counts} /></dd>
    </dl>
    <div class="tools"><${Choice} label="View" value=${view} options=${views} onChange=${next => go(stepLink(id, selected?.name, next))} /><${Legend} /></div>
    <div class=${`flow-columns ${selected ? "open" : ""}`} onKeyDown=${event => event.key === "Escape" && selected && close()}>
      <section class="card flow-steps" aria-label="Steps">${view === "time" ? html`<${Gantt} flow=${flow} selected=${selected?.name} open=${open} />` : html`<${StepGraph} steps=${flow.steps} selected=${selected?.name} open=${open} />`}</section>
      ${selected && html`<${StepPanel} key=${selected.name} flow=${flow} step=${selected} close=${close} again=${about.again} />`}
    </div>
    <${Given} flow=${flow} />`;
}

const Legend = () => html`<span class="legend">${["succeeded", "failed", "running", "waiting", "skipped", "pending"].map(status => html`<${StepStatus} key=${status} status=${status} />`)}</span>`;

function Given({ flow }) {
  if (!hasAny(flow) && flow.result === null && flow.resultFile === null) return null;
  return html`<div class="columns">
    ${hasAny(flow) && html`<section class="card" aria-labelledby="given-title"><h2 id="given-title">Arguments</h2><${Arguments} given=${flow} /></section>`}
    ${flow.result !== null && html`<section class="card" aria-labelledby="flow-result-title"><h2 id="flow-result-title">Result</h2><${Value} value=${flow.result} /></section>`}
    ${flow.resultFile !== null && html`<section class="card" aria-labelledby="flow-file-title"><h2 id="flow-file-title">Result</h2><${ResultFile} file=${flow.resultFile} /></section>`}
  </div>`;
}

const hasAny = ({ args, kwargs }) => Object.keys(args).length + Object.keys(kwargs).length > 0;

function Arguments({ given }) {
  return html`${Object.keys(given.args).length > 0 && html`<${Value} value=${given.args} />`}${Object.keys(given.kwargs).length > 0 && html`<${Fields} value=${given.kwargs} />`}`;
}

const retry = (flow, from, again) => confirm({
  title: from === null ? `Retry flow ${flow.id}?` : `Retry flow ${flow.id} from ${from}?`,
  text: from === null ? "Steps that have succeeded are kept; the others run again." : `${from} and all steps after it run again; what has succeeded before them is kept.`,
  yes: "Retry",
  isHarmless: true,
  act: () => act(() => retryFlow(flow.id, from), `Flow ${flow.id} runs again.`).then(again),
});

const cancel = (flow, again) => confirm({
  title: `Cancel flow ${flow.id} of ${flow.job}?`,
  text: "What runs of it is ended, what waits is taken back, and steps that always run clean up.",
  yes: "Cancel the flow",
  act: () => act(() => cancelFlow(flow.id), `Flow ${flow.id} is being ended.`).then(again),
});

/** What there is to know of a step. */
function StepPanel({ flow, step, close, again }) {
  const heading = useRef();
  useLayoutEffect(() => { heading.current?.focus({ preventScroll: false }); }, []);
  const runs = useData(signal => step.trigger === null || step.isFlow ? Promise.resolve([]) : get(`runs?trigger=${step.trigger}&limit=50`, { signal }).then(page => page.items), [step.trigger, step.status], event => event.trigger_id === step.trigger && event.kind !== "run.progress", 300);
  const attempts = runs.value ?? [];
  const about = lineOf(step);
  return html`<section class="card step-panel" aria-labelledby="step-title">
    <div class="head"><h2 id="step-title" tabindex="-1" ref=${heading}>${step.name} <small><${StepStatus} status=${step.status} /></small></h2>
      <div class="actions">${may("operator") && isOver(flow) && step.fallbackOf === null && html`<button onClick=${() => retry(flow, step.name, again)}>Retry from here</button>`}<button class="quiet" onClick=${close} aria-label="Close the step">✕</button></div></div>
    ${step.reason && html`<p class=${`notice ${step.status === "failed" || step.status === "timed_out" ? "bad" : "calm"}`}>${words.inLocalTime(step.reason)}</p>`}
    ${step.approval !== null && html`<p><a class=${step.status === "waiting" ? "button primary" : ""} href=${link("approvals", `${step.approval}`)}>${step.status === "waiting" ? "Answer it" : `Approval ${step.approval}`}</a></p>`}
    ${step.isFlow && html`<p><a href=${link("flows", `${step.trigger}`)}>Flow ${step.trigger} runs for it</a></p>`}
    <dl class="facts">
      ${kinds[step.kind] && html`<dt>What</dt><dd>${kinds[step.kind]}${about && html` <code class="block">${about}</code>`}</dd>`}
      ${step.needs.length > 0 && html`<dt>After</dt><dd>${step.needs.join(", ")}</dd>`}
      ${step.fallbackOf !== null && html`<dt>Runs</dt><dd>in place of ${step.fallbackOf}, if that fails</dd>`}
      ${step.definition.when !== undefined && html`<dt>When</dt><dd><code>${String(step.definition.when)}</code></dd>`}
      ${step.started && html`<dt>Began</dt><dd><${When} at=${step.started} both /></dd>
      <dt>${step.ended ? "Took" : isGoing(step) ? "Since" : "Took"}</dt><dd><${Duration} run=${step} /></dd>`}
      ${step.due && !step.ended && html`<dt>Until</dt><dd><${When} at=${step.due} both /></dd>`}
      ${step.attempt > 1 && html`<dt>Attempts</dt><dd>${step.attempt}</dd>`}
      ${step.items && html`<dt>Items</dt><dd><${Items} items=${step.items} /></dd>`}
    </dl>
    ${step.tried.length > 0 && html`<h3>Tried</h3><ol class="rows">${step.tried.map((rung, place) => html`<li key=${place}><strong>${rung.what}</strong> <span class="faint"><${When} at=${rung.at} local /></span><div class="faint">${words.inLocalTime(rung.reason)}</div></li>`)}</ol>`}
    ${step.items && html`<${ItemList} flow=${flow} step=${step} />`}
    ${hasAny(step) && html`<h3>Arguments</h3><${Arguments} given=${step} />`}
    ${step.result !== null && html`<h3>Result</h3><${Value} value=${step.result} />`}
    ${step.resultFile !== null && html`<h3>Result</h3><${ResultFile} file=${step.resultFile} />`}
    ${step.resultBytes !== null && step.result === null && step.resultFile === null && html`<h3>Result</h3><p class="faint">${words.bytes(step.resultBytes)}; too long to be shown here.</p>`}
    ${attempts.length > 1 && html`<h3>Runs</h3><${RunTable} runs=${attempts} />`}
    ${attempts.length > 0 && html`<${Log} key=${attempts[0].id} id=${attempts[0].id} title=${html`Log of <a href=${link("runs", `${attempts[0].id}`)}>run ${attempts[0].id}</a>`} />`}
  </section>`;
}

// What the step says of its work, in a line.
function lineOf({ kind, definition }) {
  const value = definition[kind];
  if (kind === "file" && definition.function) return `${definition.file}: ${definition.function}`;
  if (value === undefined || kind === "set") return null;
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.join(" ") : JSON.stringify(value);
}

function Items({ items }) {
  const { done } = items;
  return html`<span class="progress"><progress max=${Math.max(1, items.count)} value=${done} aria-label="Items that are over"></progress><span>${words.number(done)} of ${words.number(items.count)}${items.open > 0 ? `, ${words.number(items.open)} running` : ""}${items.failed > 0 ? `, ${words.number(items.failed)} failed` : ""}</span></span>`;
}

const itemShows = [["", "All"], ["failed", "Failed"], ["running", "Running"]];

// Each with its own end and run.
function ItemList({ flow, step }) {
  const [status, setStatus] = useState("");
  const { first, items, more, restart } = usePages((cursor, signal) => readItems(flow.id, step.name, { status, limit: atOnce, cursor }, signal), item => item.item, [flow.id, step.name, status, step.items.done, step.status]);
  const choose = next => { setStatus(next); restart(); };
  return html`<h3>Items</h3><${Choice} label="Which items" value=${status} options=${itemShows} onChange=${choose} />
    ${!first.value ? html`<${Pending} data=${first} what="the items" />` : items.length === 0 ? html`<p class="faint">None.</p>` : html`<ul class="rows" aria-label="Items">${items.map(item => html`<li key=${item.item}>
      <div class="row"><span class="num">${item.item}</span><${StepStatus} status=${item.status} />${item.started && html`<span class="faint"><${Duration} run=${item} /></span>`}
        ${item.flow !== null ? html`<a href=${link("flows", `${item.flow}`)}>Flow ${item.flow}</a>` : item.run !== null && html`<a href=${link("runs", `${item.run}`)}>Run ${item.run}</a>`}</div>
      ${item.reason && html`<div class="faint">${words.inLocalTime(item.reason)}</div>`}</li>`)}</ul>`}
    ${more && html`<button class="more" onClick=${more}>More items</button>`}`;
}
