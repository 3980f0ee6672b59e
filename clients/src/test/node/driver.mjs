// Does what the lines of its standard input ask with OpenAI's client for Node, and prints what the library gave back: a
// line for each. The first line says which library this is. Nothing is judged here.
import { createInterface } from 'node:readline';
import OpenAI from 'openai';
import { VERSION } from 'openai/version';

const operations = {
  async complete(client, call, result) {
    result.completion = await client.chat.completions.create(call.request);
    result.requestId = result.completion._request_id;
  },

  async stream(client, call, result) {
    result.chunks = [];
    const stream = await client.chat.completions.create({ ...call.request, stream: true });
    for await (const chunk of stream) {
      result.chunks.push(chunk);
      if (result.chunks.length === call.stopAfter) {
        result.leftAt = Date.now();
        break;
      }
    }
  },

  async assemble(client, call, result) {
    result.completion = await client.chat.completions.stream(call.request).finalChatCompletion();
  },

  async respond(client, call, result) {
    result.completion = await client.responses.create(call.request);
    result.requestId = result.completion._request_id;
  },

  async respondStream(client, call, result) {
    result.chunks = [];
    for await (const event of await client.responses.create({ ...call.request, stream: true })) {
      result.chunks.push(event);
    }
  },

  async respondAssemble(client, call, result) {
    result.completion = await client.responses.stream(call.request).finalResponse();
  },

  async retrieve(client, call, result) {
    result.completion = await client.responses.retrieve(call.request.id);
  },

  async delete(client, call, result) {
    await client.responses.delete(call.request.id);
    result.completion = {};
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
    code: error.code,
    param: error.param,
    type: error.type,
    body: error.error,
    requestId: error.requestID,
    retryAfter: error.headers?.get('retry-after'),
  };
}

async function answer(call) {
  const client = new OpenAI({
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

console.log(JSON.stringify({ library: VERSION, runtime: 'Node ' + process.version }));
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
