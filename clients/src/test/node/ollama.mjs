// Ollama's own client for Node.
import { readFileSync } from 'node:fs';
import { Ollama } from 'ollama';
import { CITY, joined, serve, TOOLS } from './own.mjs';

const { version } = JSON.parse(readFileSync('node_modules/ollama/package.json', 'utf8'));

function asked({ request }, messages) {
  return {
    model: request.model,
    messages,
    tools: request.tools || request.run ? TOOLS : undefined,
    format: request.schema ? CITY : undefined,
    think: request.think,
    options: request.maxTokens ? { num_predict: request.maxTokens } : undefined,
  };
}

await serve(version, {
  open: (call) => new Ollama({ host: call.baseUrl, headers: { Authorization: 'Bearer ' + call.apiKey } }),

  first: ({ text, image }) => [{ role: 'user', content: text, images: image ? [image] : undefined }],

  complete: (client, call, messages) => client.chat(asked(call, messages)),

  async stream(client, call, messages, leaving) {
    const stream = await client.chat({ ...asked(call, messages), stream: true });
    leaving.signal.addEventListener('abort', () => stream.abort());
    return stream;
  },

  text: (chunk) => chunk.message.content,

  assemble(chunks) {
    const messages = chunks.map((chunk) => chunk.message);
    const calls = messages.flatMap((message) => message.tool_calls ?? []);
    return {
      ...chunks.at(-1),
      message: {
        role: 'assistant',
        content: joined(messages.map((message) => message.content)) ?? '',
        thinking: joined(messages.map((message) => message.thinking)),
        // Beside what the library's types know: where signatures travel.
        reasoning_details: messages.flatMap((message) => message.reasoning_details ?? []),
        tool_calls: calls.length ? calls : undefined,
      },
    };
  },

  told: ({ message, done_reason, prompt_eval_count, eval_count }) => ({
    text: message.content,
    reasoning: message.thinking,
    calls: (message.tool_calls ?? []).map((call) => ({
      id: call.id,
      name: call.function.name,
      arguments: JSON.stringify(call.function.arguments),
    })),
    finish: done_reason,
    input: prompt_eval_count,
    output: eval_count,
  }),

  goOn: (messages, answer, results) => [
    ...messages,
    answer.message,
    ...results.map(({ id, name, result }) => ({ role: 'tool', content: result, tool_name: name, tool_call_id: id })),
  ],

  others: {
    async models(client, call, result) {
      result.models = (await client.list()).models.map((model) => model.name);
    },
    async model(client, call, result) {
      result.model = await client.show({ model: call.request.model });
    },
    async generate(client, call, result) {
      const { model, text } = call.request;
      result.whole = await client.generate({ model, prompt: text });
      for await (const part of await client.generate({ model, prompt: text, stream: true })) {
        result.texts.push(part.response);
      }
    },
    async embed(client, call, result) {
      const { model, inputs } = call.request;
      result.vectors = (await client.embed({ model, input: inputs })).embeddings;
    },
  },

  raised: (error) => ({ status: error.status_code }),
});
