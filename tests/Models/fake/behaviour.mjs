// What a model does, by its name. A name may end with @ANYTHING, so that several models of a test do the same at different prices, and may
// begin with gpt-5-, which OpenAI does not take max_tokens for.
//
//     echo            answers with the last text of the user
//     say             answers with the rest of the last line of the user that has SAY: in it
//     words-N         N words in N pieces; fast-N the same without yielding between them; paced-N-MS with a pause before each
//     tool, tool-N    calls the first tool given, N times at once; answers with text once there are results
//     json            an object that fits the given schema; without one, the arguments of the given tool, if any
//     think, think-N  N (40) reasoning tokens
//     cached          half of the input was cached, a quarter of it written to the cache
//     fail-429, fail-500, fail-503, fail-529, fail-401, fail-403, fail-404, fail-400, fail-context, fail-quota
//     reset-before    the connection is reset before the first byte; the provider charges for it
//     reset-after     the connection is reset after the headers and half of the body
//     cut-stream      the body ends in the middle, as if it were complete
//     late-error      an error event after the first content; early-error before it; error-200 is an error with status 200
//     drip, drip-N    N (5) pieces, one a second
//     hang            never answers; hang-after is silent after the first content
//     no-usage        reports no usage; usage-beside reports it in each chunk, beside the choices; usage-late asked for or not
//     html            status 200 with a page of HTML
//     cut-utf8        a write ends within a character; half-utf8: the body does
//     flaky-N         each N-th call succeeds, the others are answered with 500
//     slow-MS         answers after so many milliseconds
import { Refusal } from './refusal.mjs';
import { exampleOf } from './schema.mjs';

const WORDS = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel', 'india', 'juliett'];
const UTF8 = ['Grüße ', 'aus ', 'Köln, ', '東京 ', 'und ', '🙂 ', 'Zürich', '.'];
const BROKEN = new Set(['reset-before', 'reset-after', 'cut-stream', 'late-error', 'early-error', 'hang', 'hang-after', 'html', 'cut-utf8', 'half-utf8']);
const calls = new Map();

/** Text in pieces of a word each; a piece is a token of the output. */
export const piecesOf = (text) => text.match(/\S+\s*|\s+/g) ?? [];

/** A count that no tokenizer of today exceeds: a token has at least one byte. */
export const tokensOf = (text) => Math.ceil(Buffer.byteLength(text) / 4);

const numbered = (count) => Array.from({ length: count }, (_, n) => `w${n + 1}${n + 1 < count ? ' ' : ''}`);

/** {pieces, tools, thinking, finish, usage, pace, fault, ...} for a call that a format has parsed. */
export function planOf(call) {
  const name = call.model.replace(/@.*$/, '').replace(/^gpt-5-/, '');
  const plan = { pieces: piecesOf(WORDS.join(' ')), tools: [], reasoning: 0, pace: null, wait: 0, fault: null, usageForm: 'normal' };
  const [word, first, second] = name.split('-');
  const count = Number(first ?? Number.NaN);
  refuse(call, name, word, count);
  if (BROKEN.has(name)) {
    plan.fault = name;
    if (name.endsWith('utf8')) {
      plan.pieces = UTF8;
    }
  } else if (name === 'no-usage' || name === 'usage-beside' || name === 'usage-late') {
    plan.usageForm = name;
  } else if (name === 'echo' || name === 'cached' || word === 'think' || word === 'slow') {
    plan.pieces = piecesOf(call.text);
    plan.reasoning = word === 'think' ? count || 40 : 0;
    plan.wait = word === 'slow' ? count : 0;
  } else if (name === 'say') {
    plan.pieces = piecesOf(call.text.match(/.*SAY:\s*(.*)/s)?.[1].split('\n')[0] ?? 'nothing');
  } else if (word === 'words' || word === 'fast' || word === 'paced' || word === 'drip') {
    plan.pieces = numbered(count || 5);
    plan.pace = { words: 0, fast: null, paced: Number(second), drip: 1000 }[word];
  } else if ((word === 'tool' || (name === 'json' && !call.schema)) && call.tools.length > 0 && call.toolResults.length === 0) {
    const tool = call.tools.find((each) => each.name === call.toolChoice) ?? call.tools[0];
    plan.tools = Array.from({ length: count || 1 }, (_, index) => ({ name: tool.name, arguments: exampleOf(tool.schema, index) }));
    plan.pieces = [];
  } else if (word === 'tool') {
    plan.pieces = piecesOf(call.toolResults.length ? `The tool said: ${call.toolResults.join(' and ')}` : call.text);
  } else if (name === 'json') {
    plan.pieces = piecesOf(JSON.stringify(call.schema ? exampleOf(call.schema, 0) : { answer: call.text }, null, 1));
  } else if (word !== 'flaky') {
    throw new Refusal(404, 'missing', `The model \`${call.model}\` does not exist or you do not have access to it.`, { param: 'model' });
  }
  return limited(call, plan, name);
}

/** The answer ends where the limit of the request is, reasoning included, as the vendors count it. */
function limited(call, plan, name) {
  const limit = call.max ?? Number.POSITIVE_INFINITY;
  const reasoning = Math.min(plan.reasoning, limit);
  const called = plan.tools.reduce((sum, tool) => sum + 10 + tokensOf(JSON.stringify(tool.arguments)), 0);
  const cut = reasoning + called + plan.pieces.length > limit;
  const pieces = cut ? plan.pieces.slice(0, Math.max(0, limit - reasoning - called)) : plan.pieces;
  const tools = called > limit ? [] : plan.tools;
  const output = (pieces.length + (tools.length ? called : 0)) * call.n;
  const cached = name === 'cached' ? Math.floor(call.input / 2) : 0;
  const written = name === 'cached' && call.writesCache !== false ? Math.floor(call.input / 4) : 0;
  const usage = {
    input: call.input - cached - written,
    cached_input: cached,
    cache_write: written,
    output,
    reasoning: reasoning * call.n,
    images: call.images,
  };
  return { ...plan, pieces, tools, reasoning, finish: cut ? 'length' : tools.length ? 'tool' : 'stop', usage };
}

function refuse(call, name, word, count) {
  const seen = (calls.get(call.model) ?? 0) + 1;
  calls.set(call.model, seen);
  const refusals = {
    'fail-429': () => new Refusal(429, 'rate', 'Rate limit reached for requests. Please try again in 2s.', { headers: { 'retry-after': '2' } }),
    'fail-quota': () => new Refusal(429, 'quota', 'You exceeded your current quota, please check your plan and billing details.'),
    'fail-500': () => new Refusal(500, 'server', 'The server had an error while processing your request. Sorry about that!'),
    'fail-503': () => new Refusal(503, 'overloaded', 'The model is overloaded. Please try again later.'),
    'fail-529': () => new Refusal(529, 'overloaded', 'Overloaded'),
    'fail-401': () => new Refusal(401, 'auth', 'Incorrect API key provided.'),
    'fail-403': () => new Refusal(403, 'permission', 'You are not allowed to use this model.'),
    'fail-404': () => new Refusal(404, 'missing', `The model \`${call.model}\` does not exist or you do not have access to it.`),
    'fail-400': () => new Refusal(400, 'invalid', 'Invalid value for a parameter of the request.', { param: 'messages' }),
    'fail-context': () => new Refusal(400, 'context', `${call.input} ${Math.floor(call.input / 2)}`),
  };
  if (refusals[name]) {
    throw refusals[name]();
  }
  if (name === 'error-200' || (name === 'late-error' && !call.stream) || (name === 'early-error' && !call.stream)) {
    throw new Refusal(name === 'error-200' ? 200 : 500, 'server', 'The server had an error while processing your request.');
  }
  if (word === 'flaky' && seen % count !== 0) {
    throw new Refusal(500, 'server', 'The server had an error while processing your request. Sorry about that!');
  }
}
