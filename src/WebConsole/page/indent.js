// What the keys do in a text whose indentation means something: Enter keeps it, Tab changes it by two.

const step = 2;

const lineStart = (text, at) => text.lastIndexOf("\n", at - 1) + 1;

/** What Enter puts in: a line break, and the indentation of the line that it ends. Behind a dash, that of what follows the dash. */
export function lineBreak(text, at) {
  const line = text.slice(lineStart(text, at), at);
  const [, spaces, dashes] = /^( *)((?:- +(?=\S))*)/.exec(line);
  return `\n${spaces}${" ".repeat(dashes.length)}`;
}

/** The lines of a selection, indented by two more or less: what replaces `from` to `to`, and what is selected then. */
export function indent(text, start, end, isLess) {
  const from = lineStart(text, start);
  // A selection that ends at the beginning of a line does not mean that line.
  const last = end > start && text[end - 1] === "\n" ? end - 1 : end;
  const to = text.indexOf("\n", last) < 0 ? text.length : text.indexOf("\n", last);
  const lines = text.slice(from, to).split("\n");
  const changed = lines.map(line => isLess ? line.slice(Math.min(step, line.length - line.trimStart().length)) : lines.length > 1 && line === "" ? line : " ".repeat(step) + line);
  const moved = changed.map((line, place) => line.length - lines[place].length);
  const total = moved.reduce((sum, by) => sum + by, 0);
  return { from, to, with: changed.join("\n"), start: Math.max(from, start + moved[0]), end: Math.max(from, end + total) };
}
