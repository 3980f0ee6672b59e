import { useEffect, useRef, useState } from 'react';
import { chatStream } from './chatStream.mjs';

export function ChatComponent() {
  const [response, setResponse] = useState('');
  const [isStreaming, setIsStreaming] = useState(false);
  const running = useRef<AbortController | null>(null);

  // Leaving the page stops the model.
  useEffect(() => () => running.current?.abort(), []);

  const streamResponse = async (prompt: string) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setResponse('');
    setIsStreaming(true);
    try {
      const request = {model: 'gpt-4', messages: [{role: 'user', content: prompt}]};
      const pieces = chatStream('http://localhost:8000', 'your-api-key', request, controller.signal);
      for await (const piece of pieces) {
        setResponse(previous => previous + piece);
      }
    } catch (e) {
      if (!controller.signal.aborted) {
        setResponse(previous => `${previous}\n[${e instanceof Error ? e.message : e}]`);
      }
    } finally {
      if (running.current === controller) setIsStreaming(false);
    }
  };

  return (
    <div>
      <button onClick={() => streamResponse('Hello!')} disabled={isStreaming}>
        Stream Response
      </button>
      <div>{response}</div>
    </div>
  );
}
