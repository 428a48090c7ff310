// Drawings, without a library: bars of load, bars of durations, bars of cost.

import { html } from "./ui.js";
import * as words from "./words.js";

/** How many runs began when, and how many ran at once. */
export function LoadChart({ load }) {
  const width = 480, height = 120;
  const { steps } = load;
  const since = Date.parse(load.since);
  const length = (Date.parse(load.until) - since) / steps.length;
  const most = Math.max(1, ...steps.map(step => step.succeeded + step.failed + step.other));
  const bar = width / steps.length;
  const hours = evenHours(since, Date.parse(load.until));
  const total = kind => steps.reduce((sum, step) => sum + step[kind], 0);
  const busiest = Math.max(0, ...steps.map(step => step.busy_seconds * 1000 / length));
  const about = `${words.plural(total("succeeded") + total("failed") + total("other"), "run")} began, ${total("failed")} failed; at the busiest, ${words.number(busiest)} ran at once on average`;
  const scale = count => count / most * (height - 4);
  const path = (kinds, from) => steps.map((step, place) => {
    const below = from.reduce((sum, kind) => sum + step[kind], 0);
    const count = kinds.reduce((sum, kind) => sum + step[kind], 0);
    if (count === 0) return "";
    return `M${(place * bar + 0.5).toFixed(1)} ${(height - scale(below)).toFixed(1)}v${(-Math.max(1.5, scale(count))).toFixed(1)}h${(bar - 1).toFixed(1)}V${(height - scale(below)).toFixed(1)}z`;
  }).join("");
  return html`<figure class="chart">
    <${Scale} top=${words.plural(most, "run")} />
    <svg viewBox=${`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label=${about}>
      <path class="fill-bad" d=${path(["failed"], [])} />
      <path class="fill-good" d=${path(["succeeded"], ["failed"])} />
      <path class="fill-busy" d=${path(["other"], ["failed", "succeeded"])} />
    </svg>
    <div class="axis" aria-hidden="true">${hours.map(({ at, place }) => html`<span key=${at} style=${{ left: `${place}%` }}>${words.clock(at)}</span>`)}<span class="end">now</span></div>
    <figcaption><span class="key good">${words.number(total("succeeded"))} succeeded</span> <span class="key bad">${words.number(total("failed"))} failed</span> ${total("other") > 0 && html`<span class="key busy">${words.number(total("other"))} running or canceled</span>`} ${total("succeeded") + total("failed") + total("other") > 0 && html`<span class="faint">one bar: ${words.span(length / 1000)}</span>`}</figcaption>
  </figure>`;
}

// What the highest bar is, and that they begin at nothing.
function Scale({ top }) {
  return html`<div class="scale" aria-hidden="true"><span>${top}</span><span>0</span></div>`;
}

// Those that can be divided by six, as far as they do not run into the end.
function evenHours(since, until) {
  const at = new Date(since);
  at.setMinutes(0, 0, 0);
  const found = [];
  while (at.setHours(at.getHours() + 1) < until) {
    const place = (at - since) / (until - since) * 100;
    if (at.getHours() % 6 === 0 && place > 8 && place < 76) found.push({ at: at.getTime(), place: place.toFixed(2) });
  }
  return found;
}

/** How long the latest runs of a job took. */
export function DurationChart({ runs, open }) {
  const shown = runs.slice(0, 60).reverse();
  if (shown.length < 2) return null;
  const width = 600, height = 110;
  const seconds = shown.map(words.durationOf);
  const longest = Math.max(...seconds, 0.001);
  const bar = width / Math.max(shown.length, 20);
  const median = seconds.slice().sort((a, b) => a - b)[Math.floor(seconds.length / 2)];
  const end = bar * shown.length / width * 100;
  return html`<figure class="chart">
    <${Scale} top=${words.span(longest)} />
    <svg viewBox=${`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label=${`How long the last ${shown.length} runs took: usually ${words.span(median)}, at most ${words.span(longest)}`}>
      ${shown.map((run, place) => {
        const tall = Math.max(3, seconds[place] / longest * (height - 4));
        return html`<rect key=${run.id} class=${`fill-${words.moodOf(run.status)} press`} x=${place * bar + 0.5} y=${height - tall} width=${bar - 1.5} height=${tall} onClick=${() => open(run)}><title>${`Run ${run.id}, ${words.localTime(run.started)}: ${words.statusWord(run.status)}, ${words.span(seconds[place])}`}</title></rect>`;
      })}
    </svg>
    <div class="axis" aria-hidden="true"><span class="begin">${words.localTime(shown[0].started)}</span>${end > 60 && html`<span class="end" style=${{ right: `${100 - end}%` }}>${words.localTime(shown.at(-1).started)}</span>`}</div>
    <figcaption class="faint">The last ${shown.length} runs, oldest first. Usually ${words.span(median)}, at most ${words.span(longest)}.</figcaption>
  </figure>`;
}

const day = 86_400_000;
const monthDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });
const daysOfMonth = at => new Date(Date.UTC(new Date(at).getUTCFullYear(), new Date(at).getUTCMonth() + 1, 0)).getUTCDate();

/** What calls cost on each day of UTC, against the budgets that all calls share. */
export function SpendChart({ totals, since, days, budgets }) {
  const width = 600, height = 120;
  const known = new Map(totals.map(total => [total.name, total]));
  const shown = Array.from({ length: days }, (_, place) => {
    const at = since + place * day;
    return { at, cost: 0, calls: 0, unknown_cost: 0, ...known.get(new Date(at).toISOString().slice(0, 10)) };
  });
  const sum = shown.reduce((all, one) => all + one.cost, 0);
  const most = Math.max(...shown.map(one => one.cost));
  const limits = limitsOf(budgets, shown.at(-1).at);
  // A limit far above all bars would make them too low to be seen.
  const drawn = limits.filter(limit => most === 0 || limit.amount <= 4 * most);
  const top = Math.max(most, ...drawn.map(limit => limit.amount)) || 1;
  const bar = width / days;
  const place = amount => height - amount / top * (height - 4);
  const about = `${words.money(sum)} in ${words.plural(days, "day")}, ${words.money(most)} on the dearest day`;
  return html`<figure class="chart">
    <${Scale} top=${words.money(top)} />
    <svg viewBox=${`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label=${about}>
      ${shown.map((one, number) => one.calls > 0 && html`<rect key=${one.at} class="fill-busy" x=${(number * bar + bar * 0.1).toFixed(2)} y=${Math.min(place(one.cost), height - 2).toFixed(2)} width=${(bar * 0.8).toFixed(2)} height=${Math.max(2, height - place(one.cost)).toFixed(2)}><title>${`${monthDay.format(one.at)}: ${words.money(one.cost)}, ${words.plural(one.calls, "call")}`}</title></rect>`)}
      ${drawn.map(limit => html`<path key=${limit.name} class="limit" d=${`M0 ${place(limit.amount).toFixed(2)}h${width}`} />`)}
    </svg>
    <div class="axis" aria-hidden="true"><span class="begin">${monthDay.format(since)}</span><span class="end">today</span></div>
    <figcaption><span class="key busy">${words.money(sum)} in all</span> ${limits.map(limit => html`<span key=${limit.name} class=${drawn.includes(limit) ? "key limit" : "faint"}>${limit.words}</span>`)} <span class="faint">one bar: a day of UTC</span></figcaption>
  </figure>`;
}

function limitsOf(budgets, now) {
  return budgets.filter(budget => budget.of === "all" && (budget.per === "1d" || budget.per === "1mo")).map(budget => {
    const amount = budget.per === "1d" ? budget.limit : budget.limit / daysOfMonth(now);
    return { name: budget.name, amount, words: budget.per === "1d" ? `budget ${budget.name}: ${words.money(budget.limit)} a day` : `budget ${budget.name}: ${words.money(budget.limit)} a month, ${words.money(Math.round(100 * amount) / 100)} for each day` };
  });
}
