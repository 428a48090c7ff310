// npm `@anthropic-ai/sdk`: messages.
import { A_REPORT, BERLIN, CITY, FIVE_WORDS, PIXEL, QUESTION, REPORT, fails, holds, same } from './common.mjs';

const messages = [{ role: 'user', content: QUESTION }];
const tools = [{ name: 'weather', description: 'The weather of a city.', input_schema: CITY }];
const textOf = (message) => message.content.filter((block) => block.type === 'text').map((block) => block.text).join('');

export function checks(load, named) {
  const { Anthropic } = load('@anthropic-ai/sdk');
  const client = new Anthropic({ maxRetries: 0 });
  const ask = (model, more = {}) => client.messages.create({ model: named(model), max_tokens: 200, messages, ...more });

  return {
    chat: async () => {
      const found = await ask('echo', { system: 'Be short.', temperature: 0.5 });
      same([textOf(found), found.stop_reason, found.type, found.role], [QUESTION, 'end_turn', 'message', 'assistant'], 'the message');
      holds(found.usage.input_tokens > 5 && found.usage.output_tokens > 3, 'the usage is missing');
    },
    'chat-turns': async () => {
      const turns = [...messages, { role: 'assistant', content: 'Well.' }, { role: 'user', content: [{ type: 'text', text: 'And now?' }] }];
      const system = [{ type: 'text', text: 'Be short.', cache_control: { type: 'ephemeral' } }];
      same(textOf(await ask('echo', { messages: turns, system, stop_sequences: ['END'] })), 'And now?', 'the text');
    },
    'chat-length': async () => {
      const found = await ask('words-50', { max_tokens: 3 });
      same([textOf(found).trim(), found.stop_reason], ['w1 w2 w3', 'max_tokens'], 'the text and stop_reason');
    },
    'chat-image': async () => {
      const content = [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: PIXEL } }, { type: 'text', text: 'What is it?' }];
      same(textOf(await ask('echo', { messages: [{ role: 'user', content }] })), 'What is it?', 'the text');
    },
    'chat-cached': async () => {
      const { usage } = await ask('cached');
      holds(usage.cache_read_input_tokens > 0 && usage.input_tokens > 0, `the classes of the input are apart: ${JSON.stringify(usage)}`);
    },
    stream: async () => {
      const types = [];
      let text = '';
      let usage = null;
      for await (const event of await ask('words-5', { stream: true })) {
        types.push(event.type);
        text += event.type === 'content_block_delta' && event.delta.type === 'text_delta' ? event.delta.text : '';
        usage = event.type === 'message_delta' ? event.usage : usage;
      }
      const order = [...new Set(types)].filter((type) => type !== 'ping');
      same(text, FIVE_WORDS, 'the text');
      same(order, ['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'message_delta', 'message_stop'], 'the events');
      same(usage.output_tokens, 5, 'output_tokens');
    },
    'stream-helper': async () => {
      const final = await client.messages.stream({ model: named('words-5'), max_tokens: 200, messages }).finalMessage();
      same([textOf(final), final.stop_reason, final.usage.output_tokens], [FIVE_WORDS, 'end_turn', 5], 'the message');
    },
    tool: async () => {
      const asked = await ask('tool', { tools });
      const call = asked.content.find((block) => block.type === 'tool_use');
      same([asked.stop_reason, call?.name, call?.input], ['tool_use', 'weather', BERLIN], 'the call');
      const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: 'sunny' }] };
      const told = await ask('tool', { tools, messages: [...messages, { role: 'assistant', content: asked.content }, result] });
      same(textOf(told), 'The tool said: sunny', 'the text');
    },
    'tool-parallel': async () => {
      const asked = await ask('tool-2', { tools, tool_choice: { type: 'any' } });
      const calls = asked.content.filter((block) => block.type === 'tool_use');
      same(calls.length, 2, 'how many calls there are');
      const content = calls.map((call, index) => ({ type: 'tool_result', tool_use_id: call.id, content: [{ type: 'text', text: ['sunny', 'rainy'][index] }] }));
      const told = await ask('tool-2', { tools, messages: [...messages, { role: 'assistant', content: asked.content }, { role: 'user', content }] });
      same(textOf(told), 'The tool said: sunny and rainy', 'the text');
    },
    'tool-stream': async () => {
      const final = await client.messages.stream({ model: named('tool-2'), max_tokens: 200, messages, tools }).finalMessage();
      const inputs = final.content.filter((block) => block.type === 'tool_use').map((block) => block.input);
      same([inputs, final.stop_reason], [[BERLIN, { city: 'Paris', days: 2 }], 'tool_use'], 'the calls and stop_reason');
    },
    'tool-choice': async () => {
      const other = { name: 'other', input_schema: CITY };
      const found = await ask('tool', { tools: [other, ...tools], tool_choice: { type: 'tool', name: 'weather' } });
      same(found.content.find((block) => block.type === 'tool_use')?.name, 'weather', 'the tool');
    },
    json: async () => {
      const found = await ask('json', { output_config: { format: { type: 'json_schema', schema: REPORT } } });
      same(JSON.parse(textOf(found)), A_REPORT, 'the object');
    },
    'error-model': async () => {
      const error = await fails(client.messages.create({ model: 'no-such-model', max_tokens: 10, messages }), 404, Anthropic.NotFoundError);
      same([error.error?.type, typeof error.error?.error?.message], ['error', 'string'], 'the shape of the error');
    },
    'error-invalid': async () => {
      await fails(ask('fail-400'), 400, Anthropic.BadRequestError);
    },
    'error-rate': async () => {
      await fails(ask('fail-429'), 429, Anthropic.RateLimitError);
    },
    'error-stream': async () => {
      let error = null;
      try {
        for await (const event of await ask('late-error', { stream: true })) {
          holds(event.type !== 'message_stop', 'the stream has ended as if it were complete');
        }
      } catch (thrown) {
        error = thrown;
      }
      holds(error instanceof Anthropic.APIError, `found ${error}, expected an APIError`);
    },
  };
}
