// POST /v1/responses of OpenAI.
import { tokensOf } from './behaviour.mjs';
import { IMAGE_TOKENS, refuse, requireKey, requireStrict } from './openai.mjs';
import { Refusal } from './refusal.mjs';

let answers = 0;

const invalid = (message, param = null) => new Refusal(400, 'invalid', message, { param });

export { refuse };

export const matches = (path) => path === '/v1/responses' || path === '/openai/v1/responses';

export const modelOf = (_, body) => body?.model ?? '';

export const headers = () => ({ 'x-request-id': `req_${answers}` });

export function parse(url, given, body) {
  requireKey(url, given);
  if (!body.model || body.input == null) {
    throw invalid(`Missing required parameter: '${body.model ? 'input' : 'model'}'.`, body.model ? 'input' : 'model');
  }
  if (body.max_output_tokens != null && body.max_output_tokens < 16) {
    throw invalid(`Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got ${body.max_output_tokens} instead.`, 'max_output_tokens');
  }
  const seen = readInput(body.input);
  const tools = (body.tools ?? []).map((tool, index) => {
    if (tool.type !== 'function' || !tool.name) {
      throw invalid(`Missing required parameter: 'tools[${index}].name'.`, `tools[${index}].name`);
    }
    return { name: tool.name, schema: tool.parameters ?? { type: 'object', properties: {} } };
  });
  const format = body.text?.format;
  if (format?.type === 'json_schema' && format.strict) {
    requireStrict(format.schema, format.name);
  }
  return {
    ...seen,
    request: body,
    model: body.model,
    stream: body.stream === true,
    tools: body.tool_choice === 'none' ? [] : tools,
    toolChoice: body.tool_choice?.name,
    schema: format?.type === 'json_schema' ? format.schema : null,
    max: body.max_output_tokens ?? null,
    n: 1,
    input: seen.input + tokensOf(body.instructions ?? '') + (tools.length ? tokensOf(JSON.stringify(body.tools)) : 0),
  };
}

function readInput(input) {
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : input;
  const seen = { text: '', toolResults: [], images: 0, input: 3 };
  const called = new Set();
  for (const item of items) {
    if (item.type === 'function_call') {
      called.add(item.call_id);
      seen.toolResults = [];
      seen.input += tokensOf(item.arguments);
    } else if (item.type === 'function_call_output') {
      if (!called.delete(item.call_id)) {
        throw invalid(`No tool call found for function call output with call_id ${item.call_id}.`, 'input');
      }
      const text = typeof item.output === 'string' ? item.output : item.output.map((part) => part.text ?? '').join('');
      seen.toolResults.push(text);
      seen.input += tokensOf(text);
    } else if (item.type === 'reasoning' || item.type === 'item_reference') {
      continue;
    } else {
      readMessage(item, seen);
    }
  }
  if (called.size) {
    throw invalid(`No tool output found for function call ${[...called][0]}.`, 'input');
  }
  seen.input += IMAGE_TOKENS * seen.images;
  return seen;
}

function readMessage(item, seen) {
  const parts = typeof item.content === 'string' ? [{ type: item.role === 'assistant' ? 'output_text' : 'input_text', text: item.content }] : item.content;
  const text = (parts ?? []).map((part) => part.text ?? '').join('');
  for (const part of parts ?? []) {
    const expected = item.role === 'assistant' ? ['output_text', 'refusal'] : ['input_text', 'input_image', 'input_file'];
    if (!expected.includes(part.type)) {
      throw invalid(`Invalid value: '${part.type}'. Supported values are: ${expected.map((each) => `'${each}'`).join(', ')}.`, 'input');
    }
    seen.images += part.type === 'input_image' ? 1 : 0;
  }
  if (item.role === 'user') {
    seen.text = text;
    seen.toolResults = [];
  }
  seen.input += 4 + tokensOf(text);
}

function usageOf({ input, cached_input: cached, cache_write: written, output, reasoning }) {
  const prompt = input + cached + written;
  return {
    input_tokens: prompt,
    input_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
    output_tokens: output + reasoning,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: prompt + output + reasoning,
  };
}

function itemsOf(plan) {
  const reasoning = { type: 'reasoning', id: `rs_${answers}`, summary: [] };
  const content = [{ type: 'output_text', text: plan.pieces.join(''), annotations: [], logprobs: [] }];
  const message = { type: 'message', id: `msg_${answers}`, status: 'completed', role: 'assistant', content };
  const calls = plan.tools.map((tool, index) => ({
    type: 'function_call',
    id: `fc_${answers}_${index}`,
    call_id: `call_${answers}_${index}`,
    status: 'completed',
    name: tool.name,
    arguments: JSON.stringify(tool.arguments),
  }));
  return [...(plan.reasoning ? [reasoning] : []), ...(plan.tools.length ? calls : [message])];
}

const frame = (call, status, fields) => ({
  id: `resp_${answers}`,
  object: 'response',
  created_at: 1_700_000_000 + answers,
  status,
  background: false,
  error: null,
  incomplete_details: null,
  instructions: call.request.instructions ?? null,
  max_output_tokens: call.max,
  model: call.model,
  output: [],
  parallel_tool_calls: true,
  previous_response_id: null,
  reasoning: { effort: null, summary: null },
  store: false,
  temperature: 1,
  text: call.request.text ?? { format: { type: 'text' } },
  tool_choice: call.request.tool_choice ?? 'auto',
  tools: call.request.tools ?? [],
  top_p: 1,
  truncation: 'disabled',
  usage: null,
  metadata: {},
  ...fields,
});

const ended = (call, plan, output) =>
  frame(call, plan.finish === 'length' ? 'incomplete' : 'completed', {
    output,
    incomplete_details: plan.finish === 'length' ? { reason: 'max_output_tokens' } : null,
    usage: plan.usageForm === 'no-usage' ? null : usageOf(plan.usage),
  });

export function whole(call, plan) {
  answers += 1;
  return ended(call, plan, itemsOf(plan));
}

export function events(call, plan) {
  answers += 1;
  const list = [];
  const add = (type, fields, tokens = 0) => {
    list.push({ text: `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: list.length, ...fields })}\n\n`, tokens });
  };
  add('response.created', { response: frame(call, 'in_progress', {}) });
  add('response.in_progress', { response: frame(call, 'in_progress', {}) });
  const items = itemsOf(plan);
  items.forEach((item, index) => {
    const at = { item_id: item.id, output_index: index };
    if (item.type === 'message') {
      const [part] = item.content;
      add('response.output_item.added', { output_index: index, item: { ...item, status: 'in_progress', content: [] } });
      add('response.content_part.added', { ...at, content_index: 0, part: { ...part, text: '' } });
      plan.pieces.forEach((delta) => add('response.output_text.delta', { ...at, content_index: 0, delta, logprobs: [] }, 1));
      add('response.output_text.done', { ...at, content_index: 0, text: part.text, logprobs: [] });
      add('response.content_part.done', { ...at, content_index: 0, part });
    } else if (item.type === 'function_call') {
      add('response.output_item.added', { output_index: index, item: { ...item, status: 'in_progress', arguments: '' } });
      item.arguments.match(/.{1,7}/gsu).forEach((delta) => add('response.function_call_arguments.delta', { ...at, delta }, 1));
      add('response.function_call_arguments.done', { ...at, name: item.name, arguments: item.arguments });
    } else {
      add('response.output_item.added', { output_index: index, item });
    }
    add('response.output_item.done', { output_index: index, item });
  });
  const response = ended(call, plan, items);
  add(`response.${response.status}`, { response });
  return list;
}

export const errorEvent = () =>
  `event: error\ndata: ${JSON.stringify({ type: 'error', sequence_number: 4, code: 'server_error', message: 'The server had an error while processing your request.', param: null })}\n\n`;
