"""The same without blocking, and with what to do when it breaks."""

import asyncio

from openai import APIError, AsyncOpenAI


async def stream_chat():
    client = AsyncOpenAI(base_url="http://localhost:8000/v1", api_key="your-api-key")
    try:
        stream = await client.chat.completions.create(
            model="gpt-4",
            messages=[{"role": "user", "content": "Count to 10"}],
            stream=True,
        )
        async for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                print(chunk.choices[0].delta.content, end="", flush=True)
        print()
    except APIError as error:
        print(f"\nStreaming error: {error.code}: {error}")


asyncio.run(stream_chat())
