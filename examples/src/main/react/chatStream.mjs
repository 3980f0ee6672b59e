// Reads a streamed chat completion, in a browser or in Node.

/**
 * Yields the pieces of the first choice's text, and throws where the answer does not end as it should.
 *
 * @param {string} baseUrl
 * @param {string} apiKey
 * @param {object} request
 * @param {AbortSignal} [signal] stops the model when it is aborted
 * @returns {AsyncGenerator<string, void, void>}
 */
export async function* chatStream(baseUrl, apiKey, request, signal) {
  const response = await fetch(`${baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: {'Authorization': `Bearer ${apiKey}`, 'Content-Type': 'application/json'},
    body: JSON.stringify({...request, stream: true}),
    signal
  });
  if (!response.ok || !response.body) {
    throw new Error(`${response.status}: ${await response.text()}`);
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let complete = false;
  try {
    while (!complete) {
      const {done, value} = await reader.read();
      if (done) break;
      // A read ends anywhere: inside a character, inside a line. What is not whole waits for the next one.
      const lines = (rest + decoder.decode(value, {stream: true})).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (!line.startsWith('data:')) continue;
        const data = line.slice(5).trim();
        if (data === '[DONE]') {
          complete = true;
          break;
        }
        const json = JSON.parse(data);
        if (json.error) throw new Error(`${json.error.code}: ${json.error.message}`);
        const content = json.choices?.[0]?.delta?.content;
        if (content) yield content;
      }
    }
  } finally {
    // Also when the caller leaves the loop: the connection is closed, and the model stops.
    await reader.cancel().catch(() => {});
  }
  if (!complete) throw new Error('The connection was closed before the answer was complete.');
}
