// Values of any form, so that a person can read them: tables, lists, texts, differences.

import { html, useState } from "./ui.js";
import * as words from "./words.js";

const deepest = 4;
const mostRows = 100;

const isObject = value => value !== null && typeof value === "object" && !Array.isArray(value);

/** One value. */
export function Value({ value, depth = 0 }) {
  if (value === null || value === undefined) return html`<span class="faint">none</span>`;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return html`<span class="num">${String(value)}</span>`;
  if (typeof value === "string") return html`<${Text} text=${value} />`;
  if (depth >= deepest) return html`<code class="block">${JSON.stringify(value)}</code>`;
  if (!Array.isArray(value)) return html`<${Fields} value=${value} depth=${depth} />`;
  if (value.length === 0) return html`<span class="faint">an empty list</span>`;
  if (value.every(isObject) && columnsOf(value).length > 0) return html`<${Table} rows=${value} depth=${depth} />`;
  return html`<${Items} items=${value} depth=${depth} />`;
}

/** The values of an object, each with its name; `draw` may draw one of them in its own way. */
export function Fields({ value, depth = 0, draw = null }) {
  const entries = Object.entries(value);
  if (entries.length === 0) return html`<span class="faint">nothing</span>`;
  return html`<dl class=${`facts values${entries.some(([, one]) => isLarge(one)) ? " tall" : ""}`}>${entries.map(([name, one]) => html`<dt key=${name}>${name}</dt><dd>${draw?.(name, one) ?? html`<${Value} value=${one} depth=${depth + 1} />`}</dd>`)}</dl>`;
}

const isLarge = value => isObject(value) || Array.isArray(value) || (typeof value === "string" && (value.includes("\n") || value.length > 200));

/** Where a result is that is too long for the database. */
export const ResultFile = ({ file }) => html`<p>${words.bytes(file.bytes)} in <code>${file.path}</code> beside the database.</p><p class="faint">SHA-256 <code>${file.sha256}</code></p>`;

function Text({ text }) {
  if (isDifference(text)) return html`<${Difference} text=${text} />`;
  if (text === "") return html`<span class="faint">an empty text</span>`;
  return text.includes("\n") ? html`<pre class="result" tabindex="0">${text}</pre>` : text;
}

/** Whether a text is what `diff -u` and `git diff` write. */
export const isDifference = text => /^@@ .*@@/m.test(text) && /^[-+]/m.test(text);

function Difference({ text }) {
  return html`<pre class="result difference" tabindex="0">${text.replace(/\n$/, "").split("\n").map((line, place) => html`<span key=${place} class=${kindOf(line)}>${line === "" ? " " : line}</span>`)}</pre>`;
}

function kindOf(line) {
  if (/^(\+\+\+|---|diff |index )/.test(line)) return "about";
  if (line.startsWith("@@")) return "place";
  return line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "";
}

function columnsOf(rows) {
  return [...new Set(rows.flatMap(row => Object.keys(row)))];
}

function Table({ rows, depth }) {
  const [all, showAll] = useState(false);
  const columns = columnsOf(rows);
  const shown = all ? rows : rows.slice(0, mostRows);
  const isNumber = column => rows.every(row => row[column] == null || typeof row[column] === "number");
  return html`<div class="value-table" tabindex="0" role="region" aria-label="Table"><table><thead><tr>${columns.map(column => html`<th key=${column} scope="col" class=${isNumber(column) ? "right" : ""}>${column}</th>`)}</tr></thead>
    <tbody>${shown.map((row, place) => html`<tr key=${place}>${columns.map(column => html`<td key=${column} class=${isNumber(column) ? "num right" : ""}>${column in row && html`<${Value} value=${row[column]} depth=${depth + 1} />`}</td>`)}</tr>`)}</tbody></table>
    ${shown.length < rows.length && html`<button type="button" class="quiet" onClick=${() => showAll(true)}>Show all ${words.number(rows.length)} rows</button>`}</div>`;
}

function Items({ items, depth }) {
  const [all, showAll] = useState(false);
  const shown = all ? items : items.slice(0, mostRows);
  return html`<ol class="value-items" start="0">${shown.map((item, place) => html`<li key=${place}><${Value} value=${item} depth=${depth + 1} /></li>`)}</ol>
    ${shown.length < items.length && html`<button type="button" class="quiet" onClick=${() => showAll(true)}>Show all ${words.number(items.length)}</button>`}`;
}

/** The places at which two values differ, as [name, before, after]. */
export function differences(before, after, name = "") {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isObject(before) || !isObject(after)) return [[name, before, after]];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(key => differences(before[key], after[key], name === "" ? key : `${name}.${key}`));
}
