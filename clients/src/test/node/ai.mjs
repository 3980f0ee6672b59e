// Does what the lines of its standard input ask with the package "ai", and prints what it gave back: a line for each. Its
// provider is named on the command line. Nothing is judged here.
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, jsonSchema, Output, stepCountIs, streamText, tool } from 'ai';

const providers = {
  anthropic: [createAnthropic, (provider, model) => provider(model)],
  openai: [createOpenAI, (provider, model) => provider.chat(model)],
  responses: [createOpenAI, (provider, model) => provider(model)],
  'openai-compatible': [
    (settings) =>
      createOpenAICompatible({ ...settings, name: 'thalweg', includeUsage: true, supportsStructuredOutputs: true }),
    (provider, model) => provider(model),
  ],
};
const [create, modelOf] = providers[process.argv[2]];

const city = jsonSchema({
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
});
const nothing = jsonSchema({ type: 'object', properties: {}, additionalProperties: false });
const weather = { description: 'The weather in a city', inputSchema: city };
// Called by the library itself, which sends back what it said.
const run = { weather: tool({ ...weather, execute: async (input) => input.city + ': rain' }) };
// Left to the caller.
const told = { weather: tool(weather), now: tool({ description: 'The time', inputSchema: nothing }) };

function messages({ text, image, back }) {
  const content = [{ type: 'text', text }];
  if (image) {
    content.push({ type: 'file', mediaType: 'image/png', data: image });
  }
  const turns = [{ role: 'user', content }];
  if (back) {
    turns.push({
      role: 'assistant',
      content: back.map(({ id, name, arguments: input }) => ({
        type: 'tool-call',
        toolCallId: id,
        toolName: name,
        input: JSON.parse(input),
      })),
    });
    turns.push({
      role: 'tool',
      content: back.map(({ id, name, result }) => ({
        type: 'tool-result',
        toolCallId: id,
        toolName: name,
        output: { type: 'text', value: result },
      })),
    });
  }
  return turns;
}

async function completion(answer) {
  const usage = await answer.usage;
  return {
    text: await answer.text,
    reasoning: await answer.reasoningText,
    calls: (await answer.toolCalls).map((call) => ({
      id: call.toolCallId,
      name: call.toolName,
      arguments: JSON.stringify(call.input),
    })),
    finish: await answer.finishReason,
    input: usage.inputTokens,
    output: usage.outputTokens,
  };
}

const operations = {
  async complete(asked, result) {
    const answer = await generateText(asked);
    result.completion = await completion(answer);
    if (asked.output) {
      result.completion.object = answer.output;
    }
  },

  async stream(asked, result) {
    result.texts = [];
    const answer = streamText({ ...asked, onError() {} });
    for await (const part of answer.fullStream) {
      if (part.type === 'error') {
        throw part.error;
      }
      if (part.type === 'text-delta') {
        result.texts.push(part.text);
      }
    }
    result.completion = await completion(answer);
  },
};

function raised(error) {
  return {
    class: error.name ?? typeof error,
    message: error.message ?? String(error),
    status: error.statusCode,
    body: error.responseBody,
    retryAfter: error.responseHeaders?.['retry-after'],
    requestId: error.responseHeaders?.['x-request-id'],
  };
}

async function answer(call) {
  const { request } = call;
  const provider = create({ baseURL: call.baseUrl, apiKey: call.apiKey });
  const asked = {
    model: modelOf(provider, request.model),
    messages: messages(request),
    maxRetries: call.maxRetries,
    maxOutputTokens: request.maxTokens,
    tools: request.run ? run : request.tools ? told : undefined,
    stopWhen: stepCountIs(request.run ? 2 : 1),
    // Only the provider for responses knows it: whether OpenAI keeps the items, which then are sent as references.
    providerOptions: { openai: { store: request.store } },
    output: request.schema ? Output.object({ schema: city }) : undefined,
  };
  const result = {};
  try {
    await operations[call.operation](asked, result);
  } catch (error) {
    result.error = raised(error);
  }
  return result;
}

function version(name) {
  return JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
}

const provider = '@ai-sdk/' + (process.argv[2] === 'responses' ? 'openai' : process.argv[2]);
console.log(
  JSON.stringify({ library: version('ai') + ', ' + version(provider), runtime: 'Node ' + process.version }),
);
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
