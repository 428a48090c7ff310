// What can be written where the caret is, by the JSON Schema of the file. Only the lines around it are read: while somebody
// writes, the text is seldom YAML.

const key = /^(\s*)((?:- +)*)([\w-]+):(?:\s|$)/;
const most = 12;

/** What can be written in the files of the job list: kinds of maps with their fields, and which kind stands where. */
export const jobGrammar = {
  kinds: [["job", "A job"], ["step", "A step"]],
  fieldsOf(schema) {
    const parts = schema?.$defs ?? {};
    return { job: parts.fields?.properties ?? {}, step: parts.step?.properties ?? {}, defaults: parts.defaults?.properties ?? {} };
  },
  kindOf(path, column) {
    if (path[0] === "jobs") path = path.slice(1);
    if (path.length === 0) return column > 0 ? "job" : null;
    return path.length > 1 ? null : path[0] === "steps" ? "step" : path[0] === "defaults" ? "defaults" : null;
  },
};

const sections = { providers: "provider", models: "model", routes: "route", budgets: "budget" };
const partsOf = schema => schema?.properties ?? schema?.anyOf?.find(form => form.properties)?.properties ?? {};

/** The same for models.yaml: its sections hold entries whose names the user chooses. */
export const modelGrammar = {
  kinds: [["provider", "A provider"], ["model", "A model"], ["route", "A route"], ["budget", "A budget"]],
  fieldsOf(schema) {
    const file = partsOf(schema);
    const entries = Object.fromEntries(Object.entries(sections).map(([section, kind]) => [kind, partsOf(file[section]?.additionalProperties)]));
    return { file, ...entries, price: partsOf(entries.model.price) };
  },
  kindOf(path) {
    if (path.length === 0) return "file";
    if (path.length === 3 && path[0] === "models" && path[2] === "price") return "price";
    return path.length === 2 ? sections[path[0]] ?? null : null;
  },
};

function keyOf(line) {
  const match = key.exec(line);
  return match ? { column: match[1].length + match[2].length, isFirst: match[2] !== "", name: match[3], value: line.slice(match[0].length).trim() } : null;
}

/** The keys above, from the outermost, in whose maps the keys of that column stand. */
function pathOf(lines, row, column) {
  const path = [];
  let limit = column;
  for (let i = row - 1; i >= 0 && limit > 0; i--) {
    const above = keyOf(lines[i]);
    if (above === null || above.column >= limit) continue;
    path.unshift(above.name);
    limit = above.column;
  }
  return path;
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
    // The key above them, or one beside it.
    if (found !== null && found.column < column) return false;
    if (found === null || found.column > column) return true;
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
export function complete(text, at, grammar, fields, jobs = []) {
  const kindOf = (lines, row, column) => grammar.kindOf(pathOf(lines, row, column), column);
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
