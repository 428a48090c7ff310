// What can be written where the caret is, by the JSON Schema of the job list. Only the lines around it are read: while somebody
// writes, the text is seldom YAML.

const key = /^(\s*)((?:- +)*)([\w-]+):(?:\s|$)/;
const most = 12;

/** The fields of jobs, steps and defaults: names with their parts of the schema. */
export function fieldsOf(schema) {
  const parts = schema?.$defs ?? {};
  return { job: parts.fields?.properties ?? {}, step: parts.step?.properties ?? {}, defaults: parts.defaults?.properties ?? {} };
}

function keyOf(line) {
  const match = key.exec(line);
  return match ? { column: match[1].length + match[2].length, isFirst: match[2] !== "", name: match[3], value: line.slice(match[0].length).trim() } : null;
}

/** job, step, defaults or null: in the map of what the keys of that column stand. */
function kindOf(lines, row, column) {
  const path = [];
  let limit = column;
  for (let i = row - 1; i >= 0 && limit > 0; i--) {
    const above = keyOf(lines[i]);
    if (above === null || above.column >= limit) continue;
    path.unshift(above.name);
    limit = above.column;
  }
  if (path[0] === "jobs") path.shift();
  if (path.length === 0) return column > 0 ? "job" : null;
  return path.length > 1 ? null : path[0] === "steps" ? "step" : path[0] === "defaults" ? "defaults" : null;
}

/** The keys of one map, and of all items of its list. */
function around(lines, row, column) {
  const mine = new Set();
  const names = [];
  let isMine = true;
  const take = (line, isBefore) => {
    const found = keyOf(line);
    const indent = line.search(/\S/);
    if (line.trim() !== "" && indent < column - 2) return false;
    if (found === null || found.column !== column) return found === null || found.column > column || indent >= column - 2;
    if (!isBefore && found.isFirst) isMine = false;
    if (isMine) mine.add(found.name);
    if (found.name === "name") names.push(found.value.replace(/^["']|["']$/g, ""));
    if (isBefore && found.isFirst) isMine = false;
    return true;
  };
  const isFirst = /^\s*- /.test(lines[row]);
  const own = keyOf(lines[row]);
  isMine = !isFirst;
  for (let i = row - 1; i >= 0 && take(lines[i], true); i--);
  isMine = true;
  for (let i = row + 1; i < lines.length && take(lines[i], false); i++);
  if (own?.name === "name") names.push(own.value);
  return { mine, names };
}

/** What may be written at a place of the text. */
export function complete(text, at, fields, jobs = []) {
  const lines = text.split("\n");
  const row = text.slice(0, at).split("\n").length - 1;
  const begin = text.lastIndexOf("\n", at - 1) + 1;
  const before = text.slice(begin, at);
  const typed = /^(\s*)((?:- +)*)([\w-]*)$/.exec(before);
  if (typed) {
    const column = typed[1].length + typed[2].length;
    const kind = kindOf(lines, row, column);
    const { mine } = around(lines, row, column);
    const known = kind === null ? [] : Object.entries(fields[kind]).filter(([name]) => name.startsWith(typed[3]) && !mine.has(name));
    return { kind, from: at - typed[3].length, options: known.slice(0, most).map(([name, field]) => ({ text: name, insert: `${name}: `, about: field.description ?? "" })) };
  }
  const found = keyOf(lines[row]);
  const kind = found === null ? null : kindOf(lines, row, found.column);
  const word = /(?::\s+|[[,]\s*)([\w./-]*)$/.exec(before);
  if (kind === null || !word) return { kind, from: at, options: [] };
  const values = valuesOf(found, kind, fields, () => around(lines, row, found.column).names, jobs).filter(value => value.startsWith(word[1]) && value !== word[1]);
  return { kind, from: at - word[1].length, options: values.slice(0, most).map(value => ({ text: value, insert: value, about: "" })) };
}

function valuesOf(found, kind, fields, names, jobs) {
  if (kind === "step" && found.name === "needs") return names().filter(name => name !== "" && !found.value.includes(name));
  if (kind === "step" && found.name === "job") return jobs;
  const field = fields[kind][found.name];
  const forms = field ? [field, ...(field.anyOf ?? []), ...(field.oneOf ?? [])] : [];
  return [...new Set(forms.flatMap(form => form.enum ?? (form.type === "boolean" ? [true, false] : [])))].map(String);
}
