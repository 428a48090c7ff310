// All jobs, and one job.

import { get, query } from "./api.js";
import { html, useStore, useData, useState, useMemo, useEffect, When, Duration, Status, Strip, Empty, Pending, LongList, Choice, link, jobLink, go, toast } from "./ui.js";
import { may } from "./store.js";
import { pause, resume, restart, stop, runNow } from "./actions.js";
import { DurationChart } from "./charts.js";
import { FlowsOfJob } from "./flows.js";
import { NoJobs } from "./overview.js";
import * as words from "./words.js";

const shows = {
  all: ["All", () => true],
  running: ["Running", (job, running) => running.has(job.name)],
  failing: ["Not well", words.isNotWell],
  waiting: ["Waiting", job => job.waiting && !job.held && job.enabled],
  held: ["Paused, stopped or ended", job => job.held],
  off: ["Switched off", job => !job.enabled],
};

export function Jobs({ params }) {
  const state = useStore();
  const [text, setText] = useState("");
  const show = shows[params.get("show")] ? params.get("show") : "all";
  const running = new Set([...state.running.values()].map(run => run.job_name));
  const jobs = [...state.jobs.values()];
  const wanted = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = job => wanted.every(word => `${job.name} ${job.type} ${words.kindWord(job.type)} ${job.tags.join(" ")} ${job.description ?? ""}`.toLowerCase().includes(word));
  const items = jobs.filter(job => shows[show][1](job, running) && fits(job));
  if (jobs.length === 0) return html`<h1 tabindex="-1">Jobs</h1><${NoJobs} />`;
  return html`
    <div class="head"><h1 tabindex="-1">Jobs <small>${items.length === jobs.length ? words.number(jobs.length) : `${words.number(items.length)} of ${words.number(jobs.length)}`}</small></h1>
      ${may("admin") && html`<a class="button" href="#/edit">Edit the list</a>`}</div>
    <div class="tools">
      <input type="search" placeholder="Find by name, words, tag" aria-label="Find jobs" value=${text} onInput=${event => setText(event.target.value)} />
      <${Choice} label="Which jobs" value=${show} options=${Object.entries(shows).map(([key, [label]]) => [key, label])} onChange=${key => go(key === "all" ? "#/jobs" : `#/jobs?show=${key}`)} />
    </div>
    <${LongList} label="Jobs" items=${items} keyOf=${job => job.name} row=${job => html`<${JobRow} job=${job} isRunning=${running.has(job.name)} />`}
      empty=${html`<${Empty} title="No job fits">Take another word or another choice above.<//>`} />`;
}

function JobRow({ job, isRunning }) {
  return html`<div class="job-row">
    <div class="job-name"><a class="name cover" href=${link("jobs", job.name)}>${job.name}</a><div class="faint clip">${job.schedule ?? words.kindWord(job.type)}${job.tags.map(tag => html` <span class="tag" key=${tag}>${tag}</span>`)}</div></div>
    <div class="job-state"><${JobState} job=${job} isRunning=${isRunning} /></div>
    <div class="job-strip"><${Strip} runs=${job.recent} /></div>
    <div class="job-next">${nextWords(job)}</div>
    ${may("operator") && html`<button class="quiet job-run" onClick=${() => runNow(job.name)} aria-label=${`Run ${job.name} now`} title="Run now">Run</button>`}
  </div>`;
}

function JobState({ job, isRunning }) {
  if (words.isNotWell(job)) return html`<${Status} status=${job.health.state} />${isRunning && html` <${Status} status="running" />`}`;
  if (isRunning) return html`<${Status} status="running" />`;
  if (!job.enabled) return html`<${Status} status="off" held="switched off" />`;
  if (job.held) return html`<${Status} status="held" held=${job.held} />`;
  return job.last_run ? html`<${Status} status=${job.last_run.status} />` : html`<span class="faint">has not run yet</span>`;
}

function nextWords(job) {
  if (!job.enabled || job.held) return html`<span class="faint clip">${job.held ? "until resumed" : "until switched on"}</span>`;
  if (job.next) return html`<span>${html`<${When} at=${job.next} />`} <span class="faint"><${When} at=${job.next} local /></span></span>`;
  if (job.waiting) return html`<span class="clip faint" title=${words.inLocalTime(job.waiting)}>waits: ${words.inLocalTime(job.waiting).replace(/^trigger \d+ waits: /, "")}</span>`;
  const idle = { trigger: "when asked for", always: "all the time", idle: "when the machine is idle" };
  return html`<span class="faint">${idle[job.type] ?? "not known yet"}</span>`;
}

export function JobPage({ name }) {
  const state = useStore();
  const item = state.jobs.get(name);
  const about = useData(signal => get(`jobs/${encodeURIComponent(name)}`, { signal }), [name, state.generation], event => event.job_name === name && event.kind !== "run.progress", 400);
  const job = about.value ? { ...about.value, ...(item ? { held: item.held } : {}) } : null;
  if (!job) return html`<h1 tabindex="-1">${name}</h1><${Pending} data=${about} what="the job" />`;
  const running = [...state.running.values()].filter(run => run.job_name === name);
  return html`
    <nav class="crumbs" aria-label="Where you are"><a href="#/jobs">Jobs</a></nav>
    <div class="head"><h1 tabindex="-1">${name}</h1>${may("operator") && html`<${JobActions} job=${job} isRunning=${running.length > 0} />`}</div>
    ${job.definition.description && html`<p class="lead">${job.definition.description}</p>`}
    ${words.isNotWell(job) && html`<p class="notice bad"><strong>It is not well.</strong> ${sentence(words.inLocalTime(job.health.words))}</p>`}
    ${job.waiting && html`<p class="notice calm"><strong>It waits.</strong> ${sentence(words.inLocalTime(job.waiting))}</p>`}
    <dl class="facts wide">
      <dt>State</dt><dd><${JobState} job=${job} isRunning=${running.length > 0} />${running.map(run => html` <a key=${run.id} href=${link("runs", run.id)}>run ${run.id}</a>`)}</dd>
      <dt>Runs</dt><dd>${job.schedule ?? words.kindWord(job.type)}</dd>
      <dt>Next</dt><dd>${job.next ? html`<${When} at=${job.next} both />` : nextWords(job)}</dd>
      ${job.tags.length > 0 && html`<dt>Needs a device with</dt><dd>${job.tags.map(tag => html`<span class="tag" key=${tag}>${tag}</span> `)}</dd>`}
    </dl>
    ${job.definition.steps && html`<${FlowsOfJob} name=${name} />`}
    <${History} name=${name} />
    <div class="columns">
      <section class="card" aria-labelledby="coming-title"><h2 id="coming-title">Coming</h2><${Coming} job=${job} turn=${state.generation} /></section>
      <section class="card" aria-labelledby="definition-title"><h2 id="definition-title">Definition</h2><${Definition} job=${job} /></section>
    </div>`;
}

const sentence = text => `${text[0].toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? "" : "."}`;

function JobActions({ job, isRunning }) {
  return html`<div class="actions">
    <button class="primary" onClick=${() => runNow(job.name)}>Run now</button>
    ${job.held ? html`<button onClick=${() => resume(job.name)}>Resume</button>` : html`<button onClick=${() => pause(job.name)}>Pause</button>`}
    <button onClick=${() => restart(job.name)} disabled=${!isRunning && job.type !== "always"}>Restart</button>
    <button onClick=${() => stop(job.name, job.type === "always")}>Stop</button>
  </div>`;
}

function Coming({ job, turn }) {
  const next = useData(signal => get(`jobs/${encodeURIComponent(job.name)}/next?count=6`, { signal }), [job.name, turn, job.held]);
  if (!next.value) return html`<${Pending} data=${next} what="what comes" />`;
  if (next.value.items.length === 0) return html`<p class="faint">${job.held ? "Nothing, until it is resumed." : job.enabled ? `No clock starts it: it runs ${nextInWords(job)}.` : "Nothing: it is switched off in the job list."}</p>`;
  return html`<ul class="rows">${next.value.items.map(item => html`<li key=${item.at}>${item.at ? html`<${When} at=${item.at} both />` : item.reason}</li>`)}</ul>`;
}

const nextInWords = job => ({ trigger: "when triggered", always: "all the time", idle: "when the machine is idle" })[job.type] ?? "at a time that is not known yet";

function Definition({ job }) {
  const fields = Object.entries(job.definition).filter(([name]) => name !== "name" && name !== "description");
  return html`<dl class="facts">${fields.map(([name, value]) => html`<dt key=${name}><code>${name}</code></dt><dd>${name === "steps" ? html`<${Steps} steps=${value} />` : html`<${Value} value=${value} />`}</dd>`)}</dl>
    <p class="faint">From ${job.defined_at}. ${may("admin") && html`<a href=${editLink(job.defined_at)}>Edit it</a>`}</p>`;
}

// "Jobs/backups.yaml:12" is line 12 of a file of the list.
function editLink(place) {
  const [, file, line] = /([^/]*):(\d+)$/.exec(place) ?? [];
  return file ? `#/edit${query({ file, line })}` : "#/edit";
}

function Steps({ steps }) {
  return html`<ol class="step-names">${steps.map(step => html`<li key=${step.name}>${step.name}${step.needs && html` <span class="faint">after ${[step.needs].flat().join(", ")}</span>`}</li>`)}</ol>`;
}

function Value({ value }) {
  if (value !== null && typeof value === "object") return html`<code class="block">${JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, " ")}</code>`;
  return html`<code>${String(value)}</code>`;
}

const statuses = ["", "succeeded", "failed", "timed_out", "canceled", "lost", "running"];

function History({ name }) {
  const state = useStore();
  const [status, setStatus] = useState("");
  const first = useData(signal => get(`runs${query({ job: name, status, limit: 60 })}`, { signal }), [name, status], event => event.job_name === name && (event.kind === "run.started" || event.kind === "run.ended"), 600);
  const [older, setOlder] = useState({ items: [], cursor: null });
  useEffect(() => setOlder({ items: [], cursor: null }), [name, status]);
  const page = first.value;
  const runs = useMemo(() => {
    const known = new Map((page?.items ?? []).map(run => [run.id, run]));
    older.items.forEach(run => known.has(run.id) || known.set(run.id, run));
    return [...known.values()].sort((a, b) => b.id - a.id);
  }, [page, older]);
  const cursor = older.items.length > 0 ? older.cursor : page?.next_cursor;
  const more = async () => {
    try {
      const next = await get(`runs${query({ job: name, status, limit: 200, cursor })}`);
      setOlder({ items: [...older.items, ...next.items], cursor: next.next_cursor });
    } catch (error) {
      toast(error.message, "bad");
    }
  };
  const live = runs.map(run => state.running.get(run.id) ?? run);
  return html`<section class="card" aria-labelledby="history-title">
    <div class="head"><h2 id="history-title">History</h2>
      <label class="inline"><span class="hidden">Show</span><select value=${status} onChange=${event => setStatus(event.target.value)}>${statuses.map(word => html`<option key=${word} value=${word}>${word === "" ? "all runs" : words.statusWord(word)}</option>`)}</select></label></div>
    ${!page ? html`<${Pending} data=${first} what="the runs" />` : live.length === 0 ? html`<${Empty} title=${status === "" ? "It has not run yet" : "No such runs"}>${status === "" && "Press “Run now” to try it."}<//>` : html`
      ${status === "" && html`<${DurationChart} runs=${live} open=${run => go(link("runs", run.id))} />`}
      <${RunTable} runs=${live} />
      ${cursor && html`<button class="more" onClick=${more}>Older runs</button>`}`}
  </section>`;
}

export function RunTable({ runs, withJob = false }) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Runs"><table class="stack"><thead><tr><th scope="col">Run</th>${withJob && html`<th scope="col">Job</th>`}<th scope="col">State</th><th scope="col">Began</th><th scope="col">Took</th><th scope="col" class="wide-only">Attempt</th><th scope="col" class="wide-only">Device</th><th scope="col">Why</th></tr></thead>
    <tbody>${runs.map(run => html`<tr key=${run.id}>
      <td><a href=${link("runs", run.id)}><span class="card-only">Run </span>${run.id}</a></td>
      ${withJob && html`<td><a href=${jobLink(run.job_name)}>${run.job_name}</a></td>`}
      <td><${Status} status=${run.status} /></td>
      <td><${When} at=${run.started} local /></td>
      <td class="num"><${Duration} run=${run} /></td>
      <td class="num wide-only">${run.attempt}</td>
      <td class="wide-only">${run.device}</td>
      <td class="faint">${run.reason ?? ""}</td>
    </tr>`)}</tbody></table></div>`;
}
