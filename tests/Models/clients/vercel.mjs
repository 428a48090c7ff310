// npm `ai` with `@ai-sdk/openai` (chat completions and responses) and `@ai-sdk/anthropic`.
import { A_REPORT, BERLIN, CITY, FIVE_WORDS, QUESTION, REPORT, holds, same } from './common.mjs';

export function checks(load, named) {
  const { generateObject, generateText, jsonSchema, stepCountIs, streamText, tool } = load('ai');
  const { createOpenAI } = load('@ai-sdk/openai');
  const { createAnthropic } = load('@ai-sdk/anthropic');
  const openai = createOpenAI({ baseURL: process.env.OPENAI_BASE_URL });
  // This package wants /v1 in the address; the vendor's own adds it by itself.
  const anthropic = createAnthropic({ baseURL: `${process.env.ANTHROPIC_BASE_URL}/v1` });
  const kinds = { chat: (name) => openai.chat(named(name)), responses: (name) => openai.responses(named(name)), messages: (name) => anthropic(named(name)) };
  const all = {};

  for (const [kind, model] of Object.entries(kinds)) {
    const more = { prompt: QUESTION, maxRetries: 0, maxOutputTokens: 200 };
    all[`${kind}-text`] = async () => {
      const found = await generateText({ model: model('echo'), system: 'Be short.', ...more });
      same([found.text, found.finishReason], [QUESTION, 'stop'], 'the text and finishReason');
      holds(found.usage.inputTokens > 5 && found.usage.outputTokens > 3, `the usage is missing: ${JSON.stringify(found.usage)}`);
    };
    all[`${kind}-stream`] = async () => {
      const errors = [];
      const found = streamText({ model: model('words-5'), ...more, onError: ({ error }) => errors.push(String(error)) });
      let text = '';
      for await (const part of found.textStream) {
        text += part;
      }
      same([errors, text, (await found.usage).outputTokens], [[], FIVE_WORDS, 5], 'the errors, text and outputTokens');
    };
    all[`${kind}-tool`] = async () => {
      const given = [];
      const weather = tool({ description: 'The weather of a city.', inputSchema: jsonSchema(CITY), execute: async (input) => (given.push(input), 'sunny') });
      const found = await generateText({ model: model('tool'), tools: { weather }, stopWhen: stepCountIs(3), ...more });
      same([found.text.includes('sunny'), given, found.steps.length], [true, [BERLIN], 2], 'the text, the arguments and how many steps there were');
    };
    all[`${kind}-object`] = async () => {
      const found = await generateObject({ model: model('json'), schema: jsonSchema(REPORT), ...more });
      same(found.object, A_REPORT, 'the object');
    };
  }
  return all;
}
