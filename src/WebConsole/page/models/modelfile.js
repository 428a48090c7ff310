// models.yaml in the editor.

import { get, post } from "./api.js";
import { html, useData, Pending } from "./ui.js";
import { Editor } from "./edit.js";
import { modelGrammar } from "./complete.js";
import * as words from "./words.js";

const starter = `# Language models: docs/models.md describes each field.
providers:
  local:
    kind: openai                        # also Ollama, vLLM, llama.cpp, LM Studio
    url: "http://127.0.0.1:11434/v1"
  # openai:
  #   kind: openai
  #   key: "env:OPENAI_API_KEY"         # or file:PATH; never the key itself

models:
  llama:
    provider: local
    name: "llama3.2:3b"                 # what the provider calls it
    price: free
  # mini:
  #   provider: openai
  #   name: gpt-4o-mini
  #   price: {input: 0.15, cached_input: 0.075, output: 0.60}   # US dollars for a million tokens

routes:
  default: [llama]                      # tried in this order

budgets:
  all:
    limit: 20.00                        # US dollars
    per: 1mo
`;

const source = {
  title: "models.yaml",
  crumb: html`<nav class="crumbs" aria-label="Where you are"><a href="#/models">Models</a></nav>`,
  path: () => "models/file",
  judge: (text, name, signal) => post("models/validate", { text }, { signal }).then(judgement => ({ warnings: [], next: [], ...judgement })),
  schema: "models/schema",
  grammar: modelGrammar,
  count: judgement => `${words.plural(judgement.models, "model")}, ${words.plural(judgement.routes, "route")}`,
  starter,
};

export function ModelFile() {
  const offer = useData(signal => get("models", { signal }), []);
  if (!offer.value) return html`<h1 tabindex="-1">models.yaml</h1><${Pending} data=${offer} what="models.yaml" />`;
  return html`<${Editor} source=${source} name="models.yaml" isNew=${!offer.value.exists} again=${offer.again} />`;
}
