// Calls to language models: lists of them, one of them with all its attempts, and those of a run.

import { get } from "./api.js";
import { html, useData, usePolled, When, Pending, link, jobLink } from "./ui.js";
import { Fields } from "./values.js";
import * as words from "./words.js";

const mostOfRun = 200;
const outcomes = { ok: ["good", "✓", "answered"], refused: ["wait", "!", "refused"], failed: ["bad", "✕", "failed"], unknown: ["bad", "?", "answer lost"] };

function Outcome({ outcome }) {
  const [mood, mark, text] = outcomes[outcome] ?? ["calm", "•", outcome];
  return html`<span class=${`status ${mood}`}><span class="mark" aria-hidden="true">${mark}</span>${text}</span>`;
}

const inputOf = call => call.input_tokens + call.cached_input_tokens + call.cache_write_tokens;
const outputOf = call => call.output_tokens + call.reasoning_tokens;

export function CallTable({ calls, withJob = false }) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Calls"><table class="stack"><thead><tr><th scope="col">Call</th><th scope="col">When</th>${withJob && html`<th scope="col">Who</th>`}<th scope="col">Asked for</th><th scope="col">Model</th><th scope="col">State</th><th scope="col" class="wide-only">Tokens</th><th scope="col">Cost</th><th scope="col" class="wide-only">Took</th><th scope="col">Why</th></tr></thead>
    <tbody>${calls.map(call => html`<tr key=${call.id}>
      <td><a href=${link("models", `${call.id}`)}><span class="card-only">Call </span>${call.id}</a></td>
      <td><${When} at=${call.created} local /></td>
      ${withJob && html`<td><${Who} call=${call} /></td>`}
      <td>${call.route}</td>
      <td>${call.model ?? html`<span class="faint">none</span>`}</td>
      <td><${Outcome} outcome=${call.outcome} /></td>
      <td class="num wide-only">${words.amount(inputOf(call))} in, ${words.amount(outputOf(call))} out</td>
      <td class="num">${words.money(call.cost)}</td>
      <td class="num wide-only">${words.span(call.duration)}</td>
      <td class="faint">${call.reason ?? ""}</td>
    </tr>`)}</tbody></table></div>`;
}

function Who({ call }) {
  if (call.job_name === null) return call.caller ?? html`<span class="faint">nobody</span>`;
  return call.run_id === null ? html`<a href=${jobLink(call.job_name)}>${call.job_name}</a>` : html`<a href=${link("runs", `${call.run_id}`)}>${call.job_name}</a>`;
}

/** One call: who asked, why this model, and each attempt. */
export function CallPage({ id }) {
  const about = useData(signal => get(`calls/${encodeURIComponent(id)}`, { signal }), [id]);
  const crumbs = html`<nav class="crumbs" aria-label="Where you are"><a href="#/models">Models</a></nav>`;
  if (!about.value) return html`${crumbs}<h1 tabindex="-1">Call ${id}</h1><${Pending} data=${about} what="the call" />`;
  const { call, outcome, cost, attempts } = about.value;
  const last = attempts.at(-1);
  return html`${crumbs}
    <div class="head"><h1 tabindex="-1">Call ${call} <small><${Outcome} outcome=${outcome} /></small></h1></div>
    ${last.reason && html`<p class="notice bad">${last.reason}</p>`}
    <dl class="facts wide">
      <dt>Asked by</dt><dd><${Who} call=${last} />${last.run_id !== null && html` <span class="faint">run ${last.run_id}</span>`}</dd>
      <dt>Asked for</dt><dd>${last.route} <span class="faint">${last.kind}</span></dd>
      <dt>Answered by</dt><dd>${outcome === "ok" ? `${last.model} of ${last.provider}` : html`<span class="faint">no model</span>`}</dd>
      <dt>Began</dt><dd><${When} at=${attempts[0].created} both /></dd>
      <dt>Cost</dt><dd>${words.money(cost)}</dd>
      ${last.confidence != null && html`<dt>Confidence</dt><dd>${words.number(100 * last.confidence)} %</dd>`}
    </dl>
    <${Choices} why=${last.why} />
    ${attempts.map(attempt => html`<${Attempt} key=${attempt.id} attempt=${attempt} />`)}`;
}

const orders = { order: "in the order of the route", cheapest: "the cheapest first", fastest: "the fastest first", best: "the most reliable first", balanced: "the best for its price and time first" };

// What stands there was written by the daemon, but in a row that any program could have written.
function Choices({ why }) {
  const notes = Array.isArray(why?.models) ? why.models : [];
  if (notes.length === 0) return null;
  return html`<section class="card" aria-labelledby="why-title"><h2 id="why-title">Why this model</h2>
    <p class="faint">The models are asked ${orders[why.strategy] ?? String(why.strategy)}.</p>
    <ul class="rows">${notes.map((note, place) => html`<li key=${place}><strong>${String(note.model)}</strong> ${String(note.note)}</li>`)}</ul></section>`;
}

const classes = [["input_tokens", "Input"], ["cached_input_tokens", "Cached input"], ["cache_write_tokens", "Cache write"], ["output_tokens", "Output"], ["reasoning_tokens", "Reasoning"], ["images", "Images"]];

function Attempt({ attempt }) {
  const title = `attempt-${attempt.id}`;
  const used = classes.filter(([name]) => attempt[name] > 0);
  return html`<section class="card" aria-labelledby=${title}><h2 id=${title}>Attempt ${attempt.attempt} <small>${attempt.model ?? "no model"}${attempt.provider && ` of ${attempt.provider}`}</small></h2>
    <p><${Outcome} outcome=${attempt.outcome} /> ${attempt.reason && html`<span class="faint">${attempt.reason}</span>`}</p>
    <dl class="facts">
      ${used.map(([name, text]) => html`<dt key=${name}>${text}</dt><dd class="num">${words.number(attempt[name])}</dd>`)}
      ${used.length > 0 && attempt.counted === "aios" && html`<dt>Counted by</dt><dd>AIOS, since the provider does not say</dd>`}
      <dt>Cost</dt><dd>${words.money(attempt.cost)} <span class="faint">of ${words.money(attempt.reserved)} reserved</span></dd>
      ${attempt.first_token != null && html`<dt>First token</dt><dd>after ${words.span(attempt.first_token)}</dd>`}
      ${attempt.duration != null && html`<dt>Took</dt><dd>${words.span(attempt.duration)}</dd>`}
      ${attempt.price !== null && typeof attempt.price === "object" && html`<dt>Price</dt><dd><${Fields} value=${attempt.price} /></dd>`}
    </dl></section>`;
}

/** The calls of a run, on its page; nothing where there are none. */
export function CallsOfRun({ id, isOver }) {
  const calls = usePolled(signal => Promise.all([get(`calls?run=${id}&limit=${mostOfRun}`, { signal }), get(`spend?by=model&run=${id}`, { signal })]), [id], isOver);
  const [page, spend] = calls.value ?? [];
  if (!page || page.items.length === 0) return null;
  const cost = spend.items.reduce((sum, total) => sum + total.cost, 0);
  return html`<section class="card" aria-labelledby="calls-title"><h2 id="calls-title">Calls to language models <small>${words.plural(page.items.length, "attempt")}${page.next_cursor ? " and more" : ""}, ${words.money(cost)}</small></h2>
    <${CallTable} calls=${page.items} /></section>`;
}
