import {chatStream} from '../react/chatStream.mjs';

try {
  const request = {model: 'gpt-4', messages: [{role: 'user', content: 'Write a poem'}]};
  for await (const piece of chatStream('http://localhost:8000', 'your-api-key', request)) {
    process.stdout.write(piece);
  }
  console.log();
} catch (e) {
  console.log(`\nStreaming error: ${e.message}`);
}
