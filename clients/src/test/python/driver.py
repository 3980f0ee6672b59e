"""Does what the lines of its standard input ask with OpenAI's client for Python, and prints what the library gave back: a
line for each. The first line says which library this is. Nothing is judged here."""

import json
import platform
import sys
import time

import openai


def complete(client, call, result):
    completion = client.chat.completions.create(**call["request"])
    result["completion"] = completion.model_dump(mode="json")
    result["requestId"] = completion._request_id


def stream(client, call, result):
    result["chunks"] = []
    chunks = client.chat.completions.create(**call["request"], stream=True)
    for chunk in chunks:
        result["chunks"].append(chunk.model_dump(mode="json"))
        if len(result["chunks"]) == call["stopAfter"]:
            result["leftAt"] = int(time.time() * 1000)
            chunks.close()
            break


def assemble(client, call, result):
    with client.chat.completions.stream(**call["request"]) as events:
        result["completion"] = events.get_final_completion().model_dump(mode="json")


def models(client, call, result):
    result["models"] = [model.model_dump(mode="json") for model in client.models.list()]


def model(client, call, result):
    result["model"] = client.models.retrieve(call["request"]["model"]).model_dump(mode="json")


OPERATIONS = {"complete": complete, "stream": stream, "assemble": assemble, "models": models, "model": model}


def raised(error):
    response = getattr(error, "response", None)
    body = getattr(error, "body", None)
    in_body = body.get("request_id") if isinstance(body, dict) else None
    return {
        "class": type(error).__name__,
        "message": str(error),
        "status": getattr(error, "status_code", None),
        "code": getattr(error, "code", None),
        "param": getattr(error, "param", None),
        "type": getattr(error, "type", None),
        "requestId": getattr(error, "request_id", None) or in_body,
        "retryAfter": response.headers.get("retry-after") if response is not None else None,
    }


def answer(call):
    result = {}
    with openai.OpenAI(
        base_url=call["baseUrl"],
        api_key=call["apiKey"],
        max_retries=call["maxRetries"],
        timeout=call["timeoutMillis"] / 1000,
    ) as client:
        try:
            OPERATIONS[call["operation"]](client, call, result)
        except Exception as error:
            result["error"] = raised(error)
    return result


def say(value):
    print(json.dumps(value), flush=True)


say({"library": openai.__version__, "runtime": "Python " + platform.python_version()})
for line in sys.stdin:
    say(answer(json.loads(line)))
