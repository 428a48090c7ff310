// The machines that share the work.

import { get } from "./api.js";
import { html, useStore, useData, When, Pending, Status, link } from "./ui.js";
import * as words from "./words.js";

const silence = 90_000; // after so long without a sign of life, ms

export function Devices() {
  const state = useStore();
  const devices = useData(signal => get("devices", { signal }), [], event => event.kind.startsWith("device."), 300);
  const runsOn = name => [...state.running.values()].filter(run => run.device === name);
  return html`<h1 tabindex="-1">Devices</h1>
    <p class="lead">Each device is a machine on which AIOS runs with the same database. Start AIOS on another one to have it share the work.</p>
    ${!devices.value ? html`<${Pending} data=${devices} what="the devices" />` : html`<div class="columns">${devices.value.items.map(device => html`<section key=${device.device} class="card" aria-labelledby=${`device-${device.device}`}>
      <h2 id=${`device-${device.device}`}>${device.device} <small><${Liveness} device=${device} /></small></h2>
      ${device.trouble && html`<p class="notice bad">${words.inLocalTime(device.trouble)}</p>`}
      <dl class="facts">
        <dt>Tags</dt><dd>${device.tags.length === 0 ? "–" : device.tags.map(tag => html`<span key=${tag} class="tag">${tag}</span> `)}</dd>
        <dt>Busy with</dt><dd>${runsOn(device.device).length} of ${device.max_parallel} runs at once</dd>
        <dt>Last sign of life</dt><dd><${When} at=${device.heartbeat} /></dd>
        <dt>Started</dt><dd><${When} at=${device.started} both /></dd>
        <dt>Version</dt><dd>${device.version} <span class="faint">process ${device.pid}</span></dd>
        ${device.engine && html`<dt>Containers</dt><dd>${device.engine}</dd>`}
      </dl>
      ${runsOn(device.device).length > 0 && html`<ul class="rows">${runsOn(device.device).slice(0, 10).map(run => html`<li key=${run.id}><a href=${link("runs", run.id)}>${run.job_name}</a></li>`)}</ul>`}
    </section>`)}</div>`}`;
}

function Liveness({ device }) {
  if (device.status !== "online") return html`<${Status} status="off" held="offline" />`;
  const quiet = words.now() - Date.parse(device.heartbeat) > silence;
  return quiet ? html`<span class="status bad"><span class="mark" aria-hidden="true">✕</span>silent</span>` : html`<span class="status good"><span class="mark" aria-hidden="true">✓</span>online</span>`;
}
