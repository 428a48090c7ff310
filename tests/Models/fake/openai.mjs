// POST /v1/chat/completions, and the same of Azure: /openai/deployments/NAME/chat/completions?api-version=... with the header api-key.
import { tokensOf } from './behaviour.mjs';
import { Refusal } from './refusal.mjs';

const AZURE = /^\/openai\/deployments\/([^/]+)\/chat\/completions$/;
const ROLES = ['system', 'developer', 'user', 'assistant', 'tool', 'function'];
export const IMAGE_TOKENS = 85;
let answers = 0;

const invalid = (message, param = null) => new Refusal(400, 'invalid', message, { param });

export const matches = (path) => path === '/v1/chat/completions' || path === '/openai/v1/chat/completions' || AZURE.test(path);

export const modelOf = (url, body) => decodeURIComponent(AZURE.exec(url.pathname)?.[1] ?? body?.model ?? '');

export const headers = () => ({ 'x-request-id': `req_${answers}`, 'openai-processing-ms': '1' });

export function requireKey(url, given) {
  const azure = url.pathname.startsWith('/openai/');
  const key = azure ? given['api-key'] : given.authorization?.replace(/^Bearer /, '');
  if (azure && !key) {
    throw new Refusal(401, 'auth', 'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.');
  }
  if (AZURE.test(url.pathname) && !url.searchParams.has('api-version')) {
    throw new Refusal(404, 'missing', 'Resource not found');
  }
  // Ollama and others need no key.
  if (key === 'bad-key') {
    throw new Refusal(401, 'auth', 'Incorrect API key provided: bad-key.');
  }
}

export function parse(url, given, body) {
  requireKey(url, given);
  const model = modelOf(url, body);
  if (!model) {
    throw invalid('you must provide a model parameter');
  }
  checkNumbers(body, model);
  const seen = readMessages(body.messages);
  const tools = (body.tools ?? []).map(toolOf);
  const choice = body.tool_choice?.function?.name;
  if (body.tool_choice && body.tool_choice !== 'none' && tools.length === 0) {
    throw invalid("Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.", 'tool_choice');
  }
  if (choice && !tools.some((tool) => tool.name === choice)) {
    throw invalid(`Invalid value for 'tool_choice': the function '${choice}' is not among the tools.`, 'tool_choice');
  }
  return {
    ...seen,
    model,
    azure: url.pathname.startsWith('/openai/'),
    stream: body.stream === true,
    includeUsage: body.stream_options?.include_usage === true,
    tools: body.tool_choice === 'none' ? [] : tools,
    toolChoice: choice,
    schema: schemaOf(body.response_format, seen.all),
    max: body.max_completion_tokens ?? body.max_tokens ?? null,
    n: body.n ?? 1,
    input: seen.input + (tools.length ? tokensOf(JSON.stringify(body.tools)) : 0),
  };
}

function checkNumbers(body, model) {
  if (body.max_tokens != null && body.max_completion_tokens != null) {
    throw invalid("Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.", 'max_tokens');
  }
  if (body.max_tokens != null && model.startsWith('gpt-5')) {
    const message = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    throw new Refusal(400, 'unsupported', message, { param: 'max_tokens' });
  }
  for (const [name, least, most] of [['max_tokens', 1, 1e9], ['max_completion_tokens', 1, 1e9], ['temperature', 0, 2], ['top_p', 0, 1], ['n', 1, 128]]) {
    const value = body[name];
    if (value != null && (typeof value !== 'number' || value < least || value > most)) {
      throw invalid(`Invalid '${name}': expected a number from ${least} to ${most}, but got ${JSON.stringify(value)} instead.`, name);
    }
  }
  if (body.stream_options && body.stream !== true) {
    throw invalid("The 'stream_options' parameter is only allowed when 'stream' is enabled.", 'stream_options');
  }
}

function toolOf(tool, index) {
  if (tool.type !== 'function' || !/^[\w-]{1,64}$/.test(tool.function?.name ?? '')) {
    throw invalid(`Invalid 'tools[${index}].function.name': expected 1 to 64 letters, digits, '_' or '-'.`, `tools[${index}].function.name`);
  }
  if (tool.function.strict) {
    requireStrict(tool.function.parameters, tool.function.name);
  }
  return { name: tool.function.name, schema: tool.function.parameters ?? { type: 'object', properties: {} } };
}

function schemaOf(format, all) {
  if (!format || format.type === 'text') {
    return null;
  }
  if (format.type === 'json_object') {
    if (!/json/i.test(all)) {
      throw invalid("'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.", 'messages');
    }
    return null;
  }
  const given = format.json_schema;
  if (format.type !== 'json_schema' || !given?.name || !given.schema) {
    throw invalid("Missing required parameter: 'response_format.json_schema'.", 'response_format.json_schema');
  }
  if (given.strict) {
    requireStrict(given.schema, given.name);
  }
  return given.schema;
}

/** With strict, each object names all its properties as required and allows no others. */
export function requireStrict(schema, name) {
  if (schema?.type === 'object') {
    const names = Object.keys(schema.properties ?? {});
    if (schema.additionalProperties !== false || !names.every((each) => schema.required?.includes(each))) {
      throw invalid(`Invalid schema for '${name}': 'additionalProperties' is required to be supplied and to be false, and all properties to be required.`);
    }
    names.forEach((each) => requireStrict(schema.properties[each], name));
  } else if (schema?.type === 'array') {
    requireStrict(schema.items, name);
  }
}

function readMessages(messages) {
  if (!Array.isArray(messages) || messages.length === 0) {
    throw invalid("Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.", 'messages');
  }
  const seen = { text: '', all: '', toolResults: [], images: 0, input: 3 };
  let open = new Set();
  messages.forEach((message, index) => {
    const at = `messages[${index}]`;
    if (!ROLES.includes(message?.role)) {
      throw invalid(`Invalid value: '${message?.role}'. Supported values are: ${ROLES.map((role) => `'${role}'`).join(', ')}.`, `${at}.role`);
    }
    if (message.role === 'tool') {
      if (!open.delete(message.tool_call_id)) {
        throw invalid(`Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.`, `${at}.role`);
      }
    } else if (open.size > 0) {
      throw unanswered(open, `${at}.role`);
    }
    const text = textOf(message, at, seen);
    if (message.role === 'user') {
      seen.text = text;
      seen.toolResults = [];
    } else if (message.role === 'tool') {
      seen.toolResults.push(text);
    } else if (message.role === 'assistant') {
      seen.toolResults = [];
      open = new Set((message.tool_calls ?? []).map((call, n) => callId(call, `${at}.tool_calls[${n}]`)));
      seen.input += message.tool_calls ? tokensOf(JSON.stringify(message.tool_calls)) : 0;
    }
    seen.all += text;
    seen.input += 4 + tokensOf(text);
  });
  if (open.size > 0) {
    throw unanswered(open, `messages[${messages.length}].role`);
  }
  seen.input += IMAGE_TOKENS * seen.images;
  return seen;
}

function unanswered(open, param) {
  const ids = [...open].join(', ');
  return invalid(
    `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${ids}`,
    param,
  );
}

function callId(call, at) {
  if (!call.id || call.type !== 'function' || typeof call.function?.arguments !== 'string') {
    throw invalid(`Invalid type for '${at}.function.arguments': expected a string, and an id and the type 'function' beside it.`, at);
  }
  return call.id;
}

function textOf(message, at, seen) {
  if (typeof message.content === 'string') {
    return message.content;
  }
  if (message.content == null) {
    if (message.role !== 'assistant' || !(message.tool_calls || message.refusal)) {
      throw invalid(`Invalid value for 'content': expected a string, got null.`, `${at}.content`);
    }
    return '';
  }
  return message.content
    .map((part, index) => {
      if (part.type === 'image_url' && message.role === 'user' && /^(https?:|data:image\/)/.test(part.image_url?.url ?? '')) {
        seen.images += 1;
        return '';
      }
      if (part.type !== 'text' || typeof part.text !== 'string') {
        throw invalid(`Invalid value: '${part.type}'. Supported values are: 'text', 'image_url'.`, `${at}.content[${index}].type`);
      }
      return part.text;
    })
    .join('');
}

export function usageOf({ input, cached_input: cached, cache_write: written, output, reasoning }) {
  const prompt = input + cached + written;
  return {
    prompt_tokens: prompt,
    completion_tokens: output + reasoning,
    total_tokens: prompt + output + reasoning,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0, ...(written ? { cache_write_tokens: written } : {}) },
    completion_tokens_details: { reasoning_tokens: reasoning, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
  };
}

const FINISH = { stop: 'stop', length: 'length', tool: 'tool_calls' };

const callsOf = (plan, number) =>
  plan.tools.map((tool, index) => ({
    id: `call_${number}_${index}`,
    type: 'function',
    function: { name: tool.name, arguments: JSON.stringify(tool.arguments) },
  }));

const frame = (call, object) => {
  answers += 1;
  return { id: `chatcmpl-${answers}`, object, created: 1_700_000_000 + answers, model: call.model, system_fingerprint: 'fp_fake', service_tier: 'default' };
};

export function whole(call, plan) {
  const head = frame(call, 'chat.completion');
  const message = {
    role: 'assistant',
    content: plan.tools.length ? null : plan.pieces.join(''),
    refusal: null,
    annotations: [],
    ...(plan.tools.length ? { tool_calls: callsOf(plan, answers) } : {}),
  };
  const choices = Array.from({ length: call.n }, (_, index) => ({ index, message, logprobs: null, finish_reason: FINISH[plan.finish] }));
  return { ...head, choices, ...(plan.usageForm === 'no-usage' ? {} : { usage: usageOf(plan.usage) }) };
}

export function events(call, plan) {
  const head = frame(call, 'chat.completion.chunk');
  const beside = plan.usageForm === 'usage-beside';
  const send = (fields, tokens) => ({ text: `data: ${JSON.stringify({ ...head, ...fields })}\n\n`, tokens });
  const list = [];
  let produced = 0;
  const add = (index, delta, tokens = 0, finish = null) => {
    produced += tokens;
    const usage = beside ? usageOf({ ...plan.usage, output: produced }) : null;
    const fields = { choices: [{ index, delta, logprobs: null, finish_reason: finish }] };
    list.push(send(beside || call.includeUsage ? { ...fields, usage } : fields, tokens));
  };
  if (call.azure) {
    list.push({ text: `data: ${JSON.stringify({ id: '', object: '', created: 0, model: '', prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }], choices: [] })}\n\n`, tokens: 0 });
  }
  for (let index = 0; index < call.n; index += 1) {
    add(index, { role: 'assistant', content: plan.tools.length ? null : '', refusal: null });
    plan.pieces.forEach((piece) => add(index, { content: piece }, 1));
    callsOf(plan, answers).forEach(({ function: { arguments: text, ...named }, ...made }, number) => {
      add(index, { tool_calls: [{ index: number, ...made, function: { ...named, arguments: '' } }] }, 1);
      (text.match(/.{1,7}/gsu) ?? []).forEach((part) => add(index, { tool_calls: [{ index: number, function: { arguments: part } }] }, 1));
    });
    add(index, {}, 0, FINISH[plan.finish]);
  }
  if (plan.usageForm === 'usage-late' || (plan.usageForm === 'normal' && call.includeUsage)) {
    list.push(send({ choices: [], usage: usageOf(plan.usage) }, 0));
  }
  return [...list, { text: 'data: [DONE]\n\n', tokens: 0 }];
}

export const errorEvent = () =>
  `data: ${JSON.stringify({ error: { message: 'The server had an error while processing your request.', type: 'server_error', param: null, code: null } })}\n\n`;

const CODES = {
  invalid: ['invalid_request_error', null],
  unsupported: ['invalid_request_error', 'unsupported_parameter'],
  context: ['invalid_request_error', 'context_length_exceeded'],
  auth: ['invalid_request_error', 'invalid_api_key'],
  permission: ['invalid_request_error', 'insufficient_permissions'],
  missing: ['invalid_request_error', 'model_not_found'],
  rate: ['requests', 'rate_limit_exceeded'],
  quota: ['insufficient_quota', 'insufficient_quota'],
  overloaded: ['server_error', 'overloaded'],
  server: ['server_error', null],
};

export function refuse(refusal) {
  const [type, code] = CODES[refusal.kind];
  const [used, limit] = refusal.message.split(' ');
  const message =
    refusal.kind === 'context'
      ? `This model's maximum context length is ${limit} tokens. However, your messages resulted in ${used} tokens. Please reduce the length of the messages.`
      : refusal.message;
  return { status: refusal.status, headers: refusal.headers, body: { error: { message, type, param: refusal.param, code } } };
}
