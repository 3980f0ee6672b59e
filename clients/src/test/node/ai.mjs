// Does what the lines of its standard input ask with the package "ai" and its provider for Anthropic's protocol.
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import { createAnthropic } from '@ai-sdk/anthropic';
import { generateText, jsonSchema, streamText, tool } from 'ai';

const { version } = JSON.parse(readFileSync('node_modules/ai/package.json', 'utf8'));

// The one tool; the library calls it by itself and sends back what it said.
const weather = tool({
  description: 'The weather in a city',
  inputSchema: jsonSchema({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }),
  execute: async ({ city }) => city + ': rain',
});

const twice = ({ steps }) => steps.length >= 2;

async function told(answer, result) {
  result.completion = {
    text: await answer.text,
    reasoning: await answer.reasoningText,
    finishReason: await answer.finishReason,
    usage: await answer.usage,
  };
}

const operations = {
  async complete(asked, result) {
    await told(await generateText(asked), result);
  },

  async stream(asked, result) {
    result.chunks = [];
    const answer = streamText({ ...asked, onError() {} });
    for await (const part of answer.fullStream) {
      if (part.type === 'error') {
        throw part.error;
      }
      result.chunks.push({ type: part.type, text: part.text });
    }
    await told(answer, result);
  },
};

async function answer(call) {
  const provider = createAnthropic({ baseURL: call.baseUrl, apiKey: call.apiKey });
  const result = {};
  try {
    const asked = {
      model: provider(call.request.model),
      prompt: 'Hello',
      maxRetries: call.maxRetries,
      tools: { weather },
      stopWhen: twice,
    };
    await operations[call.operation](asked, result);
  } catch (error) {
    result.error = { class: error.constructor.name, message: error.message, status: error.statusCode };
  }
  return result;
}

console.log(JSON.stringify({ library: version, runtime: 'Node ' + process.version }));
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
