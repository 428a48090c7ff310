// What goes on, what went wrong, what comes next.

import { get } from "./api.js";
import { html, useStore, useData, When, Duration, Status, Progress, Empty, link } from "./ui.js";
import { runNow } from "./actions.js";
import { may, sees } from "./store.js";
import { LoadChart } from "./charts.js";
import * as words from "./words.js";

export function Overview() {
  const state = useStore();
  const load = useData(signal => get("load?steps=48", { signal }), [], event => event.kind === "run.ended" || event.kind === "run.started", 10_000);
  const health = useData(signal => sees() ? get("health?full", { signal }) : Promise.resolve(null), [], event => event.kind.startsWith("device."), 2000);
  const jobs = [...state.jobs.values()];
  if (jobs.length === 0) return html`<h1 tabindex="-1">Welcome</h1><${NoJobs} />`;
  const failing = jobs.filter(words.isNotWell).sort((a, b) => words.isBad(b.health.state) - words.isBad(a.health.state) || (a.health.since < b.health.since ? 1 : -1));
  const coming = jobs.filter(job => job.next).sort((a, b) => a.next < b.next ? -1 : 1);
  const held = jobs.filter(job => job.held);
  const running = [...state.running.values()].sort((a, b) => b.id - a.id);
  // The jobs themselves are told one by one.
  const findings = (health.value?.report?.checks ?? []).filter(check => check.state !== "ok" && check.name !== "jobs");
  const problems = findings.filter(check => check.state === "problem");
  const trouble = state.status.trouble;
  return html`
    <${Verdict} failing=${failing} trouble=${trouble} problems=${problems} running=${running} approvals=${state.approvals} />
    ${trouble.map(text => html`<div class="notice bad" role="alert"><strong>Something is wrong</strong><p>${words.inLocalTime(text)}</p></div>`)}
    <div class="figures">
      <a href="#/queue"><b>${words.number(state.running.size)}</b> running</a>
      <a href="#/queue"><b>${words.number(state.status.triggers.queued)}</b> queued</a>
      <a href="#/queue"><b>${words.number(state.status.triggers.waiting)}</b> waiting</a>
      <a href="#/jobs?show=failing" class=${failing.length > 0 ? "bad" : ""}><b>${words.number(failing.length)}</b> failing</a>
      <a href="#/jobs?show=held"><b>${words.number(held.length)}</b> paused, stopped or ended</a>
      <a href="#/jobs"><b>${words.number(jobs.length)}</b> ${jobs.length === 1 ? "job" : "jobs"}</a>
    </div>
    <div class="columns"><div>
      <section class="card" aria-labelledby="running-title"><h2 id="running-title">Running now</h2>
        ${running.length === 0 ? html`<${Empty} title="Nothing runs just now">${coming.length > 0 && html`Next is <a href=${link("jobs", coming[0].name)}>${coming[0].name}</a>, <${When} at=${coming[0].next} />.`}<//>` : html`<ul class="rows">
          ${running.slice(0, 12).map(run => html`<li key=${run.id} class="tall"><div class="row"><a class="name" href=${link("runs", run.id)}>${run.job_name}</a><span class="push faint">for <${Duration} run=${run} /></span></div><${Progress} run=${run} /></li>`)}
        </ul>${running.length > 12 && html`<p><a href="#/queue">and ${running.length - 12} more</a></p>`}`}
      </section>
      <section class="card" aria-labelledby="failing-title"><h2 id="failing-title">Needs attention</h2>
        ${failing.length === 0 && problems.length === 0 ? html`<${Empty} title="Nothing to worry about">Every job is well.<//>` : html`<ul class="rows">
          ${problems.map(check => html`<li key=${check.name}><div><strong>${check.name}</strong> <span class="faint">${words.inLocalTime(check.figure)}</span></div>${check.advice && html`<div class="faint">${check.advice}</div>`}</li>`)}
          ${failing.slice(0, 10).map(job => html`<li key=${job.name} class="tall"><div class="row"><a class="name" href=${link("jobs", job.name)}>${job.name}</a><${Status} status=${job.health.state} /><span class="push faint">since <${When} at=${job.health.since} local /></span></div>
            <div class="faint clip two" title=${words.inLocalTime(job.health.words)}>${words.inLocalTime(job.health.words)}</div></li>`)}
        </ul>${failing.length > 10 && html`<p><a href="#/jobs?show=failing">and ${failing.length - 10} more</a></p>`}`}
      </section>
      <section class="card" aria-labelledby="next-title"><h2 id="next-title">Next</h2>
        ${coming.length === 0 ? html`<${Empty} title="No job has a time">Jobs that run on request, always, or when the machine is idle have none.<//>` : html`<ul class="rows">
          ${coming.slice(0, 10).map(job => html`<li key=${job.name} class="row"><a class="name" href=${link("jobs", job.name)}>${job.name}</a><span class="push faint"><${When} at=${job.next} both /></span>
            ${may("operator") && html`<button class="quiet later" onClick=${() => runNow(job.name)} aria-label=${`Run now: ${job.name}`}>Run now</button>`}</li>`)}
        </ul>`}
      </section>
    </div><div>
      <section class="card" aria-labelledby="load-title"><h2 id="load-title">The last 24 hours</h2>
        ${load.value ? html`<${LoadChart} load=${load.value} />` : html`<p class="faint">Reading …</p>`}
      </section>
      ${health.value && html`<section class="card" aria-labelledby="health-title"><h2 id="health-title">Health</h2><${Health} value=${health.value} /></section>`}
    </div></div>`;
}

function Verdict({ failing, trouble, problems, running, approvals }) {
  const wrong = failing.length + trouble.length + problems.length;
  const text = trouble.length + problems.length > 0 ? "Something needs a look" : failing.length > 0 ? `${words.plural(failing.length, "job")} ${failing.length === 1 ? "needs" : "need"} a look` : "All is well";
  return html`<h1 tabindex="-1" class="verdict"><span class=${`lamp ${wrong > 0 ? "bad" : "good"}`} aria-hidden="true"></span>${text}${running.length > 0 && html`<small>${words.plural(running.length, "run")} running</small>`}${approvals.length > 0 && html`<a class="ask" href=${approvals.length === 1 ? link("approvals", `${approvals[0].id}`) : "#/approvals"}>${words.plural(approvals.length, "approval")} ${approvals.length === 1 ? "waits" : "wait"}</a>`}</h1>`;
}

function Health({ value }) {
  const checks = value.report?.checks ?? [];
  const notes = checks.filter(check => check.state !== "ok");
  return html`
    ${!value.ready && html`<p class="notice bad">${value.detail}</p>`}
    ${notes.length === 0 ? html`<p class="status good"><span class="mark" aria-hidden="true">✓</span>all ${checks.length} checks are fine</p>`
      : html`<ul class="rows">${notes.map(check => html`<li key=${check.name}><strong>${check.name}</strong>: ${words.inLocalTime(check.figure)}${check.advice && html`<div class="faint">${check.advice}</div>`}</li>`)}</ul>`}
    <details><summary>All checks</summary><dl class="facts">${checks.map(check => html`<dt key=${check.name}>${check.name}</dt><dd>${words.inLocalTime(check.figure)}</dd>`)}</dl></details>`;
}

export function NoJobs() {
  return html`<${Empty} title="There are no jobs yet">
    A job is a program that AIOS runs for you: each day at seven, every five minutes, whenever you ask for it, or all the time.
    ${may("admin") ? html` <a href="#/edit" class="button primary">Write the first one</a>` : html` Ask an admin to write one into the job list.`}
  <//>`;
}
