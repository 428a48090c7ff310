// What runs, what stands in line, what waits and for what.

import { get, query } from "./api.js";
import { html, useStore, useData, useState, When, Duration, Progress, Empty, Pending, link, jobLink, toast } from "./ui.js";
import { may } from "./store.js";
import { cancelRun, cancelTrigger } from "./actions.js";
import * as words from "./words.js";

export function Queue() {
  const state = useStore();
  const { triggers } = state.status;
  const running = [...state.running.values()].sort((a, b) => a.id - b.id);
  return html`
    <h1 tabindex="-1">Queue</h1>
    <section class="card" aria-labelledby="queue-running"><h2 id="queue-running">Running <small>${words.number(running.length)}</small></h2>
      ${running.length === 0 ? html`<${Empty} title="Nothing runs just now" />` : html`<ul class="rows">${running.slice(0, 200).map(run => html`<li key=${run.id} class="tall"><div class="row"><a class="name" href=${link("runs", run.id)}>${run.job_name}</a><span class="faint">run ${run.id} on ${run.device}</span>
        <span class="push faint">for <${Duration} run=${run} /></span>${may("operator") && html`<button class="quiet" onClick=${() => cancelRun(run)} aria-label=${`Stop run ${run.id} of ${run.job_name}`}>Stop</button>`}</div><${Progress} run=${run} /></li>`)}</ul>`}
    </section>
    <${Line} status="queued" title="Queued" count=${triggers.queued} about="These start as soon as a slot is free, highest priority first." none="Nothing is queued" />
    <${Line} status="waiting" title="Waiting" count=${triggers.waiting} about="These wait for a time, a device or a person." none="Nothing is waiting" />`;
}

function Line({ status, title, count, about, none }) {
  const first = useData(signal => get(`triggers${query({ status, limit: 50 })}`, { signal }), [status], event => event.kind !== "run.progress", 1000);
  const [older, setOlder] = useState(null);
  const page = older ?? first.value;
  const more = () => get(`triggers${query({ status, limit: 200, cursor: page.next_cursor })}`).then(next => setOlder({ items: [...page.items, ...next.items], next_cursor: next.next_cursor }), error => toast(error.message, "bad"));
  const id = `queue-${status}`;
  return html`<section class="card" aria-labelledby=${id}><h2 id=${id}>${title} <small>${words.number(count)}</small></h2>
    ${!page ? html`<${Pending} data=${first} what="the line" />` : page.items.length === 0 ? html`<${Empty} title=${none} />` : html`<p class="faint">${about}</p>
    <ul class="rows">${page.items.map(trigger => html`<li key=${trigger.id} class="tall"><div class="row"><a class="name" href=${jobLink(trigger.job_name)}>${trigger.job_name}</a><span class="faint">trigger ${trigger.id}, ${sourceWords(trigger.source)} <${When} at=${trigger.created} /></span>
      ${may("operator") && html`<button class="quiet push" onClick=${() => cancelTrigger(trigger)} aria-label=${`Take back trigger ${trigger.id} of ${trigger.job_name}`}>Take back</button>`}</div>
      ${(trigger.reason || trigger.run_at) && html`<div class="faint">${trigger.run_at && Date.parse(trigger.run_at) > words.now() ? html`until its run_at, <${When} at=${trigger.run_at} both />` : words.inLocalTime(trigger.reason)}</div>`}</li>`)}</ul>
    ${page.next_cursor && page.items.length > 0 && html`<button class="more" onClick=${more}>More</button>`}
    ${older && html`<button class="quiet" onClick=${() => { setOlder(null); first.again(); }}>As it is now</button>`}`}
  </section>`;
}

const sources = { insert: "asked for", cli: "asked for in a terminal", api: "asked for over the API", schedule: "by its schedule", always: "kept running", idle: "when idle", flow: "by its flow" };
const sourceWords = source => sources[source] ?? source.replaceAll("_", " ");
