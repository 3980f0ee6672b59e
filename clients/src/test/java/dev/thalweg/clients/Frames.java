package dev.thalweg.clients;

import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;

/** What a provider sends in cases that {@link dev.thalweg.testkit.OpenAiScripts} has no words for. */
final class Frames {
    static final String USAGE = "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}";

    private Frames() {}

    /** The data of a chunk with one choice. */
    static String delta(int choice, String delta) {
        return chunk("[{\"index\":" + choice + ",\"delta\":" + delta + ",\"finish_reason\":null}]");
    }

    /** The data of a chunk with some text. */
    static String text(int choice, String json) {
        return delta(choice, "{\"content\":\"" + json + "\"}");
    }

    /** The data of the chunk that finishes one choice. */
    static String finish(int choice, String reason) {
        return chunk("[{\"index\":" + choice + ",\"delta\":{},\"finish_reason\":\"" + reason + "\"}]");
    }

    /** The data of a chunk with these choices. */
    static String chunk(String choices) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1750000000,"
                + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":" + choices + "}";
    }

    /** A whole answer with one choice whose message has these members, and these members of the choice. */
    static Script completion(String message, String choice) {
        return Script.json(
                200,
                "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1750000000,"
                        + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,"
                        + "\"message\":{\"role\":\"assistant\"," + message + "}," + choice + "}],\"usage\":" + USAGE
                        + "}");
    }

    /** A stream of these chunks with its marker at the end. */
    static Script stream(String... chunks) {
        return events(chunks).event("[DONE]").build();
    }

    /** Begins a stream with these chunks. */
    static ScriptBuilder events(String... chunks) {
        ScriptBuilder script = Script.sse();
        for (String chunk : chunks) {
            script.event(chunk);
        }
        return script;
    }
}
