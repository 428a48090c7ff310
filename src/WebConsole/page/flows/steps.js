// What is said of steps and approvals: marks, words, the bar of all, the time that each took.

import { html, useTicking } from "./ui.js";
import * as words from "./words.js";

// Each has another mark, for not all see colours.
const looks = {
  succeeded: ["good", "✓"], failed: ["bad", "✕"], timed_out: ["bad", "✕"], running: ["busy", "▸"], waiting: ["wait", "❚❚"],
  lost: ["bad", "✕"], canceled: ["calm", "■"], skipped: ["calm", "–"], blocked: ["calm", "–"], pending: ["calm", "○"], unused: ["calm", "–"],
  approved: ["good", "✓"], rejected: ["bad", "✕"], expired: ["bad", "✕"], void: ["calm", "–"],
};
const order = ["succeeded", "failed", "timed_out", "running", "waiting", "canceled", "skipped", "blocked", "unused", "pending"];

export const moodOfStep = status => looks[status]?.[0] ?? "calm";
export const markOf = status => looks[status]?.[1] ?? "•";
export const isGoing = step => step.status === "running" || step.status === "waiting";

/** "succeeded · 3 s", "running · 4 of 10"; where there is little room, only what follows the status, if anything does. */
export function stepWord(step, isShort = false) {
  const { items } = step;
  const took = step.ended && step.started && Date.parse(step.ended) > Date.parse(step.started) ? words.span(words.durationOf(step)) : null;
  const more = items && step.status === "running" ? `${words.number(items.done)} of ${words.number(items.count)}` : took;
  return more === null ? words.statusWord(step.status) : isShort ? more : `${words.statusWord(step.status)} · ${more}`;
}

/** All of it, beginning with what is seen. */
export const inWords = (step, isShort = false) => [
  `${step.name}: ${stepWord(step, isShort)}`,
  stepWord(step, isShort).startsWith(words.statusWord(step.status)) ? "" : words.statusWord(step.status),
  step.needs.length > 0 ? `after ${step.needs.join(", ")}` : "",
  step.fallbackOf ? `in place of ${step.fallbackOf} if that fails` : "",
].filter(Boolean).join("; ");

export function StepStatus({ status }) {
  return html`<span class=${`status ${moodOfStep(status)}`}><span class="mark" aria-hidden="true">${markOf(status)}</span>${words.statusWord(status)}</span>`;
}

/** How many steps are where, as a bar. */
export function StepBar({ counts }) {
  const shown = order.filter(status => counts[status] > 0);
  const all = shown.reduce((sum, status) => sum + counts[status], 0);
  const about = all === 0 ? "no steps" : `${words.plural(all, "step")}: ${shown.map(status => `${counts[status]} ${words.statusWord(status)}`).join(", ")}`;
  return html`<span class="step-bar" role="img" aria-label=${about} title=${about}>${shown.map(status => html`<span key=${status} class=${moodOfStep(status)} style=${{ flexGrow: counts[status] }}><span aria-hidden="true">${markOf(status)}${all > 1 ? counts[status] : ""}</span></span>`)}</span>`;
}

const nice = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 2592000];

/** The steps on an axis of time that begins with the flow. */
export function Gantt({ flow, selected, open }) {
  useTicking(() => flow.ended ? "" : `${Math.floor(words.now() / 1000)}`);
  const from = Date.parse(flow.started);
  const until = Math.max(flow.ended ? Date.parse(flow.ended) : words.now(), from + 1);
  const seconds = (until - from) / 1000;
  const gap = nice.find(length => seconds / length <= 6) ?? seconds / 6;
  const ticks = Array.from({ length: Math.floor(seconds / gap) + 1 }, (_, place) => place * gap);
  const began = flow.steps.filter(step => step.started).sort((a, b) => Date.parse(a.started) - Date.parse(b.started));
  const rows = [...began, ...flow.steps.filter(step => !step.started)];
  const place = at => 1000 * Math.min(1, Math.max(0, (at - from) / (until - from)));
  const named = ticks.filter(tick => tick <= 0.94 * seconds);
  const left = tick => `${100 * tick / seconds}%`;
  return html`<div class="gantt" tabindex="0" role="group" aria-label="Steps in time">
    <div class="gantt-row gantt-axis" aria-hidden="true"><span></span><div>${named.map(tick => html`<span key=${tick} style=${{ left: left(tick) }}>${tick === 0 ? "0" : words.span(tick)}</span>`)}</div></div>
    ${rows.map(step => html`<button key=${step.name} type="button" class="gantt-row" data-step=${step.name} aria-pressed=${step.name === selected ? "true" : "false"} aria-label=${`${inWords(step)}${step.started ? `; began after ${words.span((Date.parse(step.started) - from) / 1000)}` : ""}`} title=${`${step.name}: ${stepWord(step)}`} onClick=${() => open(step.name)}>
      <span class="clip"><span class=${`status ${moodOfStep(step.status)}`}><span class="mark" aria-hidden="true">${markOf(step.status)}</span></span> ${step.name}</span>
      <svg viewBox="0 0 1000 24" preserveAspectRatio="none" aria-hidden="true">
        ${ticks.map(tick => html`<line key=${tick} class="grid" x1=${1000 * tick / seconds} x2=${1000 * tick / seconds} y1="0" y2="24" />`)}
        ${step.started && html`<${Bar} step=${step} place=${place} />`}
      </svg></button>`)}
  </div>`;
}

function Bar({ step, place }) {
  const begin = Math.min(place(Date.parse(step.started)), 996);
  const end = place(step.ended ? Date.parse(step.ended) : isGoing(step) ? words.now() : Date.parse(step.started));
  return html`<rect class=${`fill-${moodOfStep(step.status)}`} x=${begin} y="4" width=${Math.max(4, end - begin)} height="16" />`;
}
