// Language models: what calls cost, what budgets leave, and the latest calls.

import { get, query } from "./api.js";
import { html, usePolled, useState, Pending, Empty, Choice, go, toast } from "./ui.js";
import { may, sees } from "./store.js";
import { SpendChart } from "./charts.js";
import { CallTable } from "./calls.js";
import * as words from "./words.js";

const day = 86_400_000;
const ranges = [["7", "7 days"], ["30", "30 days"], ["90", "90 days"]];
const atOnce = 50;
const mostRows = 12;

// Days are those of UTC, as budgets have them.
const firstDay = days => Math.floor(words.now() / day) * day - (days - 1) * day;

async function readSpend(days, signal) {
  const since = new Date(firstDay(days)).toISOString();
  const [offer, byDay, byJob, byModel, budgets] = await Promise.all([
    get("models", { signal }),
    ...["day", "job", "model"].map(by => get(`spend${query({ by, since })}`, { signal }).then(list => list.items)),
    get("budgets", { signal }).then(list => list.items),
  ]);
  return { offer, byDay, byJob, byModel, budgets };
}

export function Models({ params }) {
  const range = ranges.some(([key]) => key === params.get("days")) ? params.get("days") : "30";
  const spend = usePolled(signal => readSpend(Number(range), signal), [range]);
  const calls = usePolled(signal => get(`calls?limit=${atOnce}`, { signal }), []);
  if (!spend.value || !calls.value) return html`<h1 tabindex="-1">Models</h1><${Pending} data=${spend.error ? spend : calls} what="the calls" />`;
  const { offer, byDay, byJob, byModel, budgets } = spend.value;
  const mayEdit = may("admin") && sees();
  if (!offer.exists && !offer.trouble && calls.value.items.length === 0) return html`<h1 tabindex="-1">Models</h1><${NoModels} mayEdit=${mayEdit} />`;
  return html`
    <div class="head"><h1 tabindex="-1">Models <small>${words.plural(offer.models.length, "model")}, ${words.plural(offer.routes.length, "route")}</small></h1>
      ${mayEdit && html`<a class="button" href="#/models/file">Edit models.yaml</a>`}</div>
    ${offer.trouble && html`<p class="notice bad" role="alert">${offer.trouble}</p>`}
    <div class="tools"><${Choice} label="Time" value=${range} options=${ranges} onChange=${key => go(key === "30" ? "#/models" : `#/models?days=${key}`)} /></div>
    <section class="card" aria-labelledby="spend-title"><h2 id="spend-title">Spend</h2>
      <${SpendChart} totals=${byDay} since=${firstDay(Number(range))} days=${Number(range)} budgets=${budgets} /></section>
    ${budgets.length > 0 && html`<section class="card" aria-labelledby="budgets-title"><h2 id="budgets-title">Budgets</h2><${Budgets} budgets=${budgets} /></section>`}
    <div class="columns">
      <section class="card" aria-labelledby="jobs-title"><h2 id="jobs-title">By job</h2><${Totals} totals=${byJob} none="no job" label="Spend by job" /></section>
      <section class="card" aria-labelledby="models-title"><h2 id="models-title">By model</h2><${Totals} totals=${byModel} none="no model" label="Spend by model" /></section>
    </div>
    <${Latest} first=${calls.value} />`;
}

function NoModels({ mayEdit }) {
  return html`<${Empty} title="There are no language models yet">
    The file models.yaml names the services that answer, their models with prices, and the most that calls may cost.
    Programs and jobs then call models through AIOS, which chooses one, keeps to the budgets and records each call.
    ${mayEdit ? html` <a href="#/models/file" class="button primary">Begin with a starter file</a>` : html` Ask an admin to write one.`}
  <//>`;
}

function Budgets({ budgets }) {
  return html`<ul class="rows">${budgets.map(budget => html`<li key=${budget.name}>
    <strong>${budget.name}</strong> <span class="faint">${limitOf(budget)}</span>
    ${budget.keys.slice(0, mostRows).map(key => html`<${Used} key=${key.for} budget=${budget} use=${key} />`)}
    ${budget.keys.length > mostRows && html`<p class="faint">and ${words.number(budget.keys.length - mostRows)} more</p>`}
    ${budget.keys.length === 0 && budget.per !== "call" && html`<p class="faint">Not used yet.</p>`}
  </li>`)}</ul>`;
}

const periods = { "1h": "an hour", "1d": "a day", "1mo": "a month", run: "for each run", flow: "for each flow", call: "for each call" };
const excesses = { reject: "beyond it, calls are refused", downgrade: "beyond it, a cheaper model is called", ask: "beyond it, people are asked" };

function limitOf(budget) {
  const of = budget.of === "all" ? "" : budget.of.includes(":") ? `, ${budget.of.replace(":", " ")}` : `, each ${budget.of}`;
  return `${words.money(budget.limit)} ${periods[budget.per] ?? budget.per}${of}; ${excesses[budget.on_excess] ?? budget.on_excess}`;
}

function Used({ budget, use }) {
  const limit = budget.limit + use.approved;
  const share = limit > 0 ? Math.min(1, use.used / limit) : 1;
  return html`<div class="progress"><progress class=${share >= 0.9 ? "full" : ""} max="100" value=${Math.round(100 * share)} aria-label=${`${budget.name}, ${use.for}`}></progress>
    <span class="num">${words.money(use.used)} used, ${words.money(use.left)} left${use.approved > 0 ? `, ${words.money(use.approved)} approved` : ""}</span> <span class="faint">${use.for}</span></div>`;
}

function Totals({ totals, none, label }) {
  if (totals.length === 0) return html`<${Empty} title="No calls in this time" />`;
  const shown = totals.slice().sort((a, b) => b.cost - a.cost || b.calls - a.calls);
  return html`<div class="value-table full" tabindex="0" role="region" aria-label=${label}><table><thead><tr><th scope="col">Name</th><th scope="col" class="right">Calls</th><th scope="col" class="right">Tokens</th><th scope="col" class="right">Cost</th></tr></thead>
    <tbody>${shown.map(total => html`<tr key=${total.name}><td>${total.name || html`<span class="faint">${none}</span>`}</td><td class="num right">${words.number(total.calls)}</td><td class="num right">${words.amount(total.input_tokens + total.output_tokens)}</td><td class="num right">${words.money(total.cost)}</td></tr>`)}</tbody></table></div>`;
}

function Latest({ first }) {
  const [older, setOlder] = useState({ items: [], cursor: null });
  const known = new Set(first.items.map(call => call.id));
  const calls = [...first.items, ...older.items.filter(call => !known.has(call.id))];
  const cursor = older.items.length > 0 ? older.cursor : first.next_cursor;
  const more = () => get(`calls${query({ limit: 200, cursor })}`).then(page => setOlder({ items: [...older.items, ...page.items], cursor: page.next_cursor }), error => toast(error.message, "bad"));
  return html`<section aria-labelledby="calls-title"><h2 id="calls-title">Latest calls</h2>
    ${calls.length === 0 ? html`<${Empty} title="No call has been made yet" />` : html`<${CallTable} calls=${calls} withJob />
    ${cursor && html`<button class="more" onClick=${more}>Older calls</button>`}`}</section>`;
}
