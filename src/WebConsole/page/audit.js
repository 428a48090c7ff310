// Who changed what.

import { get, query } from "./api.js";
import { html, useData, useState, useEffect, When, Pending, Empty, link, toast } from "./ui.js";
import * as words from "./words.js";

const kinds = [["", "everything"], ["trigger", "triggers"], ["run", "runs"], ["job", "jobs"], ["list", "the job list"], ["models", "models.yaml"], ["state", "state"], ["key", "keys"], ["daemon", "daemons"]];

export function Audit() {
  const [action, setAction] = useState("");
  const [job, setJob] = useState("");
  const [actor, setActor] = useState("");
  const filter = { action, job, actor };
  const first = useData(signal => get(`audit${query({ ...filter, limit: 100 })}`, { signal }), [action, job, actor], () => true, 2000);
  const [older, setOlder] = useState({ items: [], cursor: null });
  useEffect(() => setOlder({ items: [], cursor: null }), [action, job, actor]);
  const known = new Set((first.value?.items ?? []).map(row => row.id));
  const rows = [...(first.value?.items ?? []), ...older.items.filter(row => !known.has(row.id))];
  const cursor = older.cursor ?? (older.items.length > 0 ? null : first.value?.next_cursor);
  const more = () => get(`audit${query({ ...filter, limit: 200, cursor })}`).then(page => setOlder({ items: [...older.items, ...page.items], cursor: page.next_cursor }), error => toast(error.message, "bad"));
  return html`<h1 tabindex="-1">Audit</h1><p class="lead">Every change and who made it, newest first. Nobody can alter these entries unnoticed.</p>
    <div class="tools">
      <label class="inline">About <select value=${action} onChange=${event => setAction(event.target.value)}>${kinds.map(([value, text]) => html`<option key=${value} value=${value}>${text}</option>`)}</select></label>
      <input type="search" placeholder="Job" aria-label="Job" value=${job} onChange=${event => setJob(event.target.value.trim())} />
      <input type="search" placeholder="Who" aria-label="Who" value=${actor} onChange=${event => setActor(event.target.value.trim())} />
    </div>
    ${!first.value ? html`<${Pending} data=${first} what="the audit" />` : rows.length === 0 ? html`<${Empty} title="Nothing fits" />` : html`
    <div class="scroll" tabindex="0" role="region" aria-label="Audit"><table class="stack"><thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">Did</th><th scope="col">To</th><th scope="col">What changed</th></tr></thead>
      <tbody>${rows.map(row => html`<tr key=${row.id}><td><${When} at=${row.at} local /></td><td class="who">${row.actor}<div class="faint">${row.origin}</div></td><td title=${row.action}>${words.deed(row.action)}</td>
        <td>${row.job_name && html`<a href=${link("jobs", row.job_name)}>${row.job_name}</a> `}${row.subject}</td><td><${Change} row=${row} /></td></tr>`)}</tbody></table></div>
    ${cursor && html`<button class="more" onClick=${more}>Older</button>`}`}`;
}

const short = 160; // letters that are shown at once

function Change({ row }) {
  const changes = changesOf(row.before, row.after);
  if (changes.length === 0) return null;
  const shown = html`<ul class="changes">${changes.map(([name, before, after]) => html`<li key=${name}>${name && html`<span class="faint">${name.replaceAll("_", " ")}: </span>`}${before !== null && html`<code class="before">${before}</code> `}${after !== null && html`<code>${after}</code>`}</li>`)}</ul>`;
  return changes.flat().join("").length <= short ? shown : html`<details><summary>${words.plural(changes.length, "value")}</summary>${shown}</details>`;
}

/** [name, before, after] of each member that differs; a value without members has no name. */
function changesOf(before, after) {
  const hasMembers = value => value !== null && typeof value === "object" && !Array.isArray(value);
  if (!hasMembers(before ?? after)) return before === null && after === null ? [] : [["", inWords(before), inWords(after)]];
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names.map(name => [name, inWords(before?.[name] ?? null), inWords(after?.[name] ?? null)]).filter(([, old, value]) => old !== value);
}

const inWords = value => value === null ? null : typeof value === "string" ? value : JSON.stringify(value);
