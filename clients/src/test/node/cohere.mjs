// Cohere's own client for Node, with the second version of its API.
import { readFileSync } from 'node:fs';
import { CohereClientV2 } from 'cohere-ai';
import { CITY, joined, serve, TOOLS } from './own.mjs';

const { version } = JSON.parse(readFileSync('node_modules/cohere-ai/package.json', 'utf8'));

function asked({ request }, messages) {
  return {
    model: request.model,
    messages,
    tools: request.tools || request.run ? TOOLS : undefined,
    responseFormat: request.schema ? { type: 'json_object', jsonSchema: CITY } : undefined,
    thinking: request.think ? { type: 'enabled' } : undefined,
    maxTokens: request.maxTokens,
  };
}

// The message that the events of a stream make.
function assembled(events) {
  const message = { role: 'assistant' };
  const content = [];
  const calls = [];
  for (const { type, index, delta } of events) {
    const said = delta?.message;
    if (type === 'content-start') {
      content[index] = { ...said.content };
    } else if (type === 'content-delta') {
      // Beside what the library's types know there may be a signature.
      for (const [name, piece] of Object.entries(said.content)) {
        content[index][name] = (content[index][name] ?? '') + piece;
      }
    } else if (type === 'tool-plan-delta') {
      message.toolPlan = (message.toolPlan ?? '') + said.toolPlan;
    } else if (type === 'tool-call-start') {
      calls[index] = structuredClone(said.toolCalls);
    } else if (type === 'tool-call-delta') {
      calls[index].function.arguments += said.toolCalls.function.arguments;
    }
  }
  return {
    ...message,
    content: content.length ? content : undefined,
    toolCalls: calls.length ? calls : undefined,
  };
}

await serve(version, {
  open: (call) =>
    new CohereClientV2({
      token: call.apiKey,
      baseUrl: call.baseUrl,
      maxRetries: call.maxRetries,
      timeoutInSeconds: call.timeoutMillis / 1000,
    }),

  first({ text, image }) {
    const url = 'data:image/png;base64,' + image;
    const content = image ? [{ type: 'text', text }, { type: 'image_url', imageUrl: { url } }] : text;
    return [{ role: 'user', content }];
  },

  complete: (client, call, messages) => client.chat(asked(call, messages)),

  stream: (client, call, messages, leaving) =>
    client.chatStream(asked(call, messages), { abortSignal: leaving.signal }),

  text: (event) => (event.type === 'content-delta' ? event.delta.message.content.text : undefined),

  assemble(events) {
    const end = events.find((event) => event.type === 'message-end')?.delta;
    return { message: assembled(events), finishReason: end?.finishReason, usage: end?.usage, problem: end?.error };
  },

  told({ message, finishReason, usage, problem }) {
    const content = message.content ?? [];
    const thinking = content.filter((block) => block.type === 'thinking').map((block) => block.thinking);
    return {
      text: joined(content.filter((block) => block.type === 'text').map((block) => block.text)),
      reasoning: joined([...thinking, message.toolPlan || undefined]),
      calls: (message.toolCalls ?? []).map((call) => ({
        id: call.id,
        name: call.function.name,
        arguments: call.function.arguments,
      })),
      finish: finishReason,
      input: usage?.billedUnits?.inputTokens,
      output: usage?.billedUnits?.outputTokens,
      problem,
    };
  },

  goOn: (messages, { message }, results) => [
    ...messages,
    message,
    ...results.map(({ id, result }) => ({ role: 'tool', toolCallId: id, content: result })),
  ],

  others: {
    async models(client, call, result) {
      result.models = (await client.models.list()).models.map((model) => model.name);
    },
    async model(client, call, result) {
      result.model = await client.models.get(call.request.model);
    },
    async embed(client, call, result) {
      const { model, inputs } = call.request;
      const asked = { model, texts: inputs, inputType: 'search_document', embeddingTypes: ['float'] };
      result.vectors = (await client.embed(asked)).embeddings.float;
    },
  },

  raised: (error) => ({ status: error.statusCode, requestId: error.rawResponse?.headers?.get('x-request-id') }),
});
