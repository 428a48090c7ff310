// POST /v1/messages of Anthropic.
import { tokensOf } from './behaviour.mjs';
import { IMAGE_TOKENS } from './openai.mjs';
import { Refusal } from './refusal.mjs';

let answers = 0;

const invalid = (message) => new Refusal(400, 'invalid', message);

export const matches = (path) => path === '/v1/messages';

export const modelOf = (_, body) => body?.model ?? '';

export const headers = () => ({ 'request-id': `req_${answers}`, 'anthropic-organization-id': 'fake' });

export function parse(_, given, body) {
  if (!given['x-api-key'] && !given.authorization) {
    throw new Refusal(401, 'auth', 'x-api-key header is required');
  }
  if (given['x-api-key'] === 'bad-key') {
    throw new Refusal(401, 'auth', 'invalid x-api-key');
  }
  if (!given['anthropic-version']) {
    throw invalid('anthropic-version: header is required');
  }
  for (const name of ['model', 'max_tokens', 'messages']) {
    if (body[name] == null) {
      throw invalid(`${name}: Field required`);
    }
  }
  if (!Number.isInteger(body.max_tokens) || body.max_tokens < 1) {
    throw invalid('max_tokens: Input should be greater than or equal to 1');
  }
  if (body.temperature != null && (body.temperature < 0 || body.temperature > 1)) {
    throw invalid('temperature: range: 0..1');
  }
  if (body.thinking?.type === 'enabled' && !(body.thinking.budget_tokens >= 1024 && body.thinking.budget_tokens < body.max_tokens)) {
    throw invalid('`max_tokens` must be greater than `thinking.budget_tokens`, and that at least 1024');
  }
  refuseUnknown(body);
  const seen = readMessages(body.messages);
  const tools = (body.tools ?? []).map(toolOf);
  const choice = body.tool_choice;
  if (choice && tools.length === 0) {
    throw invalid('tool_choice: may only be specified while providing tools');
  }
  if (choice?.type === 'tool' && !tools.some((tool) => tool.name === choice.name)) {
    throw invalid(`Tool '${choice.name}' not found in provided tools`);
  }
  const system = typeof body.system === 'string' ? body.system : (body.system ?? []).map((block) => block.text).join('');
  return {
    ...seen,
    model: body.model,
    stream: body.stream === true,
    tools: choice?.type === 'none' ? [] : tools,
    toolChoice: choice?.name,
    schema: schemaOf(body.output_config?.format ?? body.output_format),
    max: body.max_tokens,
    n: 1,
    input: seen.input + tokensOf(system) + (tools.length ? tokensOf(JSON.stringify(body.tools)) : 0),
  };
}

const KNOWN = new Set(
  (
    'model max_tokens messages system temperature top_p top_k stop_sequences stream metadata thinking tools tool_choice output_config ' +
    'output_format service_tier container context_management mcp_servers cache_control inference_geo speed diagnostics betas'
  ).split(' '),
);

function refuseUnknown(body) {
  const unknown = Object.keys(body).find((name) => !KNOWN.has(name));
  if (unknown) {
    throw invalid(`${unknown}: Extra inputs are not permitted`);
  }
}

function toolOf(tool, index) {
  if (!/^[\w-]{1,128}$/.test(tool.name ?? '')) {
    throw invalid(`tools.${index}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`);
  }
  if (tool.input_schema?.type !== 'object') {
    throw invalid(`tools.${index}.custom.input_schema.type: Field required`);
  }
  return { name: tool.name, schema: tool.input_schema };
}

function schemaOf(format) {
  if (!format) {
    return null;
  }
  if (format.type !== 'json_schema' || !format.schema) {
    throw invalid('output_config.format.schema: Field required');
  }
  requireClosed(format.schema);
  return format.schema;
}

function requireClosed(schema) {
  if (schema?.type === 'object') {
    if (schema.additionalProperties !== false) {
      throw invalid("output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false");
    }
    Object.values(schema.properties ?? {}).forEach(requireClosed);
  } else if (schema?.type === 'array') {
    requireClosed(schema.items);
  }
}

function readMessages(messages) {
  if (!Array.isArray(messages) || messages.length === 0) {
    throw invalid('messages: at least one message is required');
  }
  const seen = { text: '', toolResults: [], images: 0, input: 3 };
  let open = new Set();
  messages.forEach((message, index) => {
    if (message.role !== 'user' && message.role !== 'assistant') {
      throw invalid(`messages.${index}.role: Input should be 'user' or 'assistant'`);
    }
    if (message.role !== (index % 2 ? 'assistant' : 'user')) {
      throw invalid(index ? 'messages: roles must alternate between "user" and "assistant"' : 'messages: first message must use the "user" role');
    }
    const blocks = typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content;
    if (!Array.isArray(blocks) || blocks.length === 0) {
      throw invalid(`messages.${index}: all messages must have non-empty content except for the optional final assistant message`);
    }
    const read = message.role === 'user' ? readUser(blocks, index, open, seen) : readAssistant(blocks, index);
    if (message.role === 'user') {
      seen.text = read.text;
      seen.toolResults = read.results;
    }
    open = read.calls;
    seen.input += 4 + read.tokens;
  });
  const last = messages.at(-1);
  if (last.role === 'assistant' && typeof last.content === 'string' && /\s$/.test(last.content)) {
    throw invalid('messages: final assistant content cannot end with trailing whitespace');
  }
  requireAnswered(open, messages.length - 1);
  seen.input += IMAGE_TOKENS * seen.images;
  return seen;
}

function requireAnswered(open, index) {
  if (open.size > 0) {
    throw invalid(
      `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${[...open].join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
    );
  }
}

function readUser(blocks, index, open, seen) {
  const read = { text: '', results: [], calls: new Set(), tokens: 0 };
  const left = new Set(open);
  blocks.forEach((block, number) => {
    if (block.type === 'tool_result') {
      if (!left.delete(block.tool_use_id)) {
        throw invalid(
          `messages.${index}.content.${number}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${block.tool_use_id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
        );
      }
      if (read.text) {
        throw invalid(`messages.${index}: \`tool_result\` blocks must come before other content`);
      }
      const text = typeof block.content === 'string' ? block.content : (block.content ?? []).map((part) => part.text ?? '').join('');
      read.results.push(text);
      read.tokens += tokensOf(text);
    } else if (block.type === 'image') {
      const { type, media_type: media, data, url } = block.source ?? {};
      if (!(type === 'base64' && media && data && !data.startsWith('data:')) && !(type === 'url' && url)) {
        throw invalid(`messages.${index}.content.${number}.image.source: Field required`);
      }
      seen.images += 1;
    } else {
      read.text += textOf(block, index, number);
      read.tokens += tokensOf(block.text);
    }
  });
  requireAnswered(left, index - 1);
  return read;
}

function readAssistant(blocks, index) {
  const read = { calls: new Set(), tokens: 0 };
  blocks.forEach((block, number) => {
    if (block.type === 'tool_use') {
      if (!/^[\w-]+$/.test(block.id ?? '') || !block.name || typeof block.input !== 'object' || block.input === null) {
        throw invalid(`messages.${index}.content.${number}.tool_use: id, name and input (an object) are required`);
      }
      read.calls.add(block.id);
      read.tokens += tokensOf(JSON.stringify(block.input));
    } else if (block.type === 'thinking') {
      if (!block.signature) {
        throw invalid(`messages.${index}.content.${number}.thinking.signature: Field required`);
      }
    } else {
      read.tokens += tokensOf(textOf(block, index, number));
    }
  });
  return read;
}

function textOf(block, index, number) {
  if (block.type !== 'text' || typeof block.text !== 'string') {
    throw invalid(`messages.${index}.content.${number}: Input tag '${block.type}' found using 'type' does not match any of the expected tags`);
  }
  if (block.text === '') {
    throw invalid('messages: text content blocks must be non-empty');
  }
  return block.text;
}

const FINISH = { stop: 'end_turn', length: 'max_tokens', tool: 'tool_use' };

/** The three classes of input are apart here; the output has the reasoning in it. */
function usageOf({ input, cached_input: cached, cache_write: written, output, reasoning }) {
  return {
    input_tokens: input,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: cached,
    cache_creation: { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: 0 },
    output_tokens: output + reasoning,
    ...(reasoning ? { output_tokens_details: { thinking_tokens: reasoning } } : {}),
    service_tier: 'standard',
  };
}

function blocksOf(plan, number) {
  const thinking = { type: 'thinking', thinking: 'The user wants an answer.', signature: 'c2lnbmF0dXJl' };
  const text = { type: 'text', text: plan.pieces.join('') };
  const calls = plan.tools.map((tool, index) => ({ type: 'tool_use', id: `toolu_${number}_${index}`, name: tool.name, input: tool.arguments }));
  return [...(plan.reasoning ? [thinking] : []), ...(plan.pieces.length ? [text] : []), ...calls];
}

const frame = (call) => {
  answers += 1;
  return { id: `msg_${answers}`, type: 'message', role: 'assistant', model: call.model };
};

export function whole(call, plan) {
  const head = frame(call);
  const message = { ...head, content: blocksOf(plan, answers), stop_reason: FINISH[plan.finish], stop_sequence: null };
  return plan.usageForm === 'no-usage' ? message : { ...message, usage: usageOf(plan.usage) };
}

export function events(call, plan) {
  const list = [];
  const add = (type, fields, tokens = 0) => list.push({ text: `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`, tokens });
  const silent = plan.usageForm === 'no-usage';
  const begun = silent ? undefined : { ...usageOf({ ...plan.usage, output: 1, reasoning: 0 }) };
  add('message_start', { message: { ...frame(call), content: [], stop_reason: null, stop_sequence: null, usage: begun } });
  blocksOf(plan, answers).forEach((block, index) => {
    const delta = (fields, tokens) => add('content_block_delta', { index, delta: fields }, tokens);
    const empty = { text: { text: '' }, tool_use: { input: {} }, thinking: { thinking: '', signature: '' } }[block.type];
    add('content_block_start', { index, content_block: { ...block, ...empty } });
    if (index === 0) {
      add('ping', {});
    }
    if (block.type === 'text') {
      plan.pieces.forEach((piece) => delta({ type: 'text_delta', text: piece }, 1));
    } else if (block.type === 'tool_use') {
      delta({ type: 'input_json_delta', partial_json: '' }, 0);
      JSON.stringify(block.input).match(/.{1,7}/gsu).forEach((part) => delta({ type: 'input_json_delta', partial_json: part }, 1));
    } else {
      delta({ type: 'thinking_delta', thinking: block.thinking }, 0);
      delta({ type: 'signature_delta', signature: block.signature }, 0);
    }
    add('content_block_stop', { index });
  });
  const { input_tokens: input, cache_creation_input_tokens: written, cache_read_input_tokens: cached, output_tokens: output, output_tokens_details: details } = usageOf(plan.usage);
  // The usage of the end is of the whole message, not of what came since.
  const ended = { input_tokens: input, cache_creation_input_tokens: written, cache_read_input_tokens: cached, output_tokens: output, output_tokens_details: details };
  add('message_delta', { delta: { stop_reason: FINISH[plan.finish], stop_sequence: null }, usage: silent ? undefined : ended });
  add('message_stop', {});
  return list;
}

export const errorEvent = () => `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })}\n\n`;

const TYPES = {
  invalid: 'invalid_request_error',
  context: 'invalid_request_error',
  auth: 'authentication_error',
  permission: 'permission_error',
  missing: 'not_found_error',
  rate: 'rate_limit_error',
  quota: 'rate_limit_error',
  overloaded: 'overloaded_error',
  server: 'api_error',
};

export function refuse(refusal) {
  const [used, limit] = refusal.message.split(' ');
  const message = refusal.kind === 'context' ? `prompt is too long: ${used} tokens > ${limit} maximum` : refusal.message;
  const body = { type: 'error', error: { type: TYPES[refusal.kind], message }, request_id: `req_${answers}` };
  return { status: refusal.status, headers: { 'request-id': `req_${answers}`, ...refusal.headers }, body };
}
