"""Streams from a gateway with OpenAI's own client (pip install openai)."""

from openai import OpenAI

client = OpenAI(base_url="http://localhost:8000/v1", api_key="your-api-key")

response = client.chat.completions.create(
    model="gpt-4",
    messages=[{"role": "user", "content": "Tell me a joke"}],
    stream=True,
)

for chunk in response:
    content = chunk.choices[0].delta.content if chunk.choices else None
    if content:
        print(content, end="", flush=True)
print()
