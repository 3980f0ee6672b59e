// Does what the lines of its standard input ask with Anthropic's client for Node, as driver.mjs does with OpenAI's.
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import Anthropic from '@anthropic-ai/sdk';

const { version } = JSON.parse(readFileSync('node_modules/@anthropic-ai/sdk/package.json', 'utf8'));

const operations = {
  async complete(client, call, result) {
    result.completion = await client.messages.create(call.request);
    result.requestId = result.completion._request_id;
  },

  async stream(client, call, result) {
    result.chunks = [];
    for await (const event of await client.messages.create({ ...call.request, stream: true })) {
      result.chunks.push(event);
    }
  },

  async assemble(client, call, result) {
    result.completion = await client.messages.stream(call.request).finalMessage();
  },

  async count(client, call, result) {
    result.completion = await client.messages.countTokens(call.request);
  },

  async models(client, call, result) {
    result.models = [];
    for await (const model of client.models.list()) {
      result.models.push(model);
    }
  },

  async model(client, call, result) {
    result.model = await client.models.retrieve(call.request.model);
  },
};

function raised(error) {
  return {
    class: error.constructor.name,
    message: error.message,
    status: error.status,
    type: error.type,
    requestId: error.requestID,
    retryAfter: error.headers?.get('retry-after'),
  };
}

async function answer(call) {
  const client = new Anthropic({
    baseURL: call.baseUrl,
    apiKey: call.apiKey,
    maxRetries: call.maxRetries,
    timeout: call.timeoutMillis,
  });
  const result = {};
  try {
    await operations[call.operation](client, call, result);
  } catch (error) {
    result.error = raised(error);
  }
  return result;
}

console.log(JSON.stringify({ library: version, runtime: 'Node ' + process.version }));
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
