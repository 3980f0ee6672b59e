// Mistral's own client for Node.
import { readFileSync } from 'node:fs';
import { Mistral } from '@mistralai/mistralai';
import { CITY, joined, serve, TOOLS } from './own.mjs';

const { version } = JSON.parse(readFileSync('node_modules/@mistralai/mistralai/package.json', 'utf8'));

function asked({ request }, messages) {
  const jsonSchema = { name: 'answer', schemaDefinition: CITY, strict: true };
  return {
    model: request.model,
    messages,
    tools: request.tools || request.run ? TOOLS : undefined,
    responseFormat: request.schema ? { type: 'json_schema', jsonSchema } : undefined,
    reasoningEffort: request.think ? 'high' : undefined,
    maxTokens: request.maxTokens,
  };
}

function chunks(content) {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content ?? [];
}

function texts(content) {
  return joined(chunks(content).filter((chunk) => chunk.type === 'text').map((chunk) => chunk.text));
}

function thoughts(content) {
  return joined(
    chunks(content)
      .filter((chunk) => chunk.type === 'thinking')
      .flatMap((chunk) => chunk.thinking.map((part) => part.text)),
  );
}

// The library leaves it to its caller to put deltas together.
function calls(deltas) {
  const found = [];
  for (const call of deltas.flatMap((delta) => delta.toolCalls ?? [])) {
    const known = found.find((other) => other.index === call.index);
    if (known && (call.id === 'null' || call.id === known.id)) {
      known.function.arguments += call.function.arguments;
    } else {
      found.push(structuredClone(call));
    }
  }
  return found.length ? found : undefined;
}

await serve(version, {
  open: (call) =>
    new Mistral({
      apiKey: call.apiKey,
      serverURL: call.baseUrl,
      timeoutMs: call.timeoutMillis,
      retryConfig: call.maxRetries
        ? {
            strategy: 'backoff',
            backoff: { initialInterval: 10, maxInterval: 10000, exponent: 1.5, maxElapsedTime: 10000 },
          }
        : { strategy: 'none' },
    }),

  first({ text, image }) {
    const url = 'data:image/png;base64,' + image;
    const content = image ? [{ type: 'text', text }, { type: 'image_url', imageUrl: { url } }] : text;
    return [{ role: 'user', content }];
  },

  complete: (client, call, messages) => client.chat.complete(asked(call, messages)),

  async *stream(client, call, messages, leaving) {
    const signal = leaving.signal;
    for await (const event of await client.chat.stream(asked(call, messages), { fetchOptions: { signal } })) {
      yield event.data;
    }
  },

  text: (chunk) => texts(chunk.choices[0]?.delta.content),

  assemble(all) {
    const choices = all.flatMap((chunk) => chunk.choices[0] ?? []);
    const deltas = choices.map((choice) => choice.delta);
    const content = deltas.flatMap((delta) => chunks(delta.content));
    const message = { role: 'assistant', content, toolCalls: calls(deltas) };
    const [finishReason] = choices.flatMap((choice) => choice.finishReason ?? []).slice(-1);
    return { choices: [{ message, finishReason }], usage: all.findLast((chunk) => chunk.usage)?.usage };
  },

  told({ choices: [{ message, finishReason }], usage }) {
    return {
      text: texts(message.content),
      reasoning: thoughts(message.content),
      calls: (message.toolCalls ?? []).map((call) => ({
        id: call.id,
        name: call.function.name,
        arguments:
          typeof call.function.arguments === 'string'
            ? call.function.arguments
            : JSON.stringify(call.function.arguments),
      })),
      finish: finishReason,
      input: usage?.promptTokens,
      output: usage?.completionTokens,
    };
  },

  goOn: (messages, { choices: [{ message }] }, results) => [
    ...messages,
    { ...message, role: 'assistant' },
    ...results.map(({ id, name, result }) => ({ role: 'tool', toolCallId: id, name, content: result })),
  ],

  others: {
    async models(client, call, result) {
      // A model that does not say everything that Mistral says is told as it came.
      result.models = (await client.models.list()).data.map((model) => model.id ?? model.raw.id);
    },
    async model(client, call, result) {
      result.model = await client.models.retrieve({ modelId: call.request.model });
    },
    async embed(client, call, result) {
      const { model, inputs } = call.request;
      result.vectors = (await client.embeddings.create({ model, inputs })).data.map((one) => one.embedding);
    },
  },

  raised: (error) => ({ status: error.statusCode, requestId: error.headers?.get('x-request-id') }),
});
