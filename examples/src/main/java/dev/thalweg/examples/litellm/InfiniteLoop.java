package dev.thalweg.examples.litellm;

import dev.thalweg.CallListener;
import dev.thalweg.CallRecord;
import dev.thalweg.ChatStream;
import dev.thalweg.Chunks;
import dev.thalweg.error.InternalServerException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.LoopLimits;
import java.util.Collections;
import java.util.List;

/** Plays kept chunks as a stream, one more of them than may be equal. Asks nobody and needs no key. */
public final class InfiniteLoop {
    void main() {
        int loopAmount = LoopLimits.defaults().text() + 1;
        ChatChunk chunk = Chunks.parse("""
                {"id": "chatcmpl-123",
                 "object": "chat.completion.chunk",
                 "created": 1694268190,
                 "model": "gpt-3.5-turbo-0125",
                 "system_fingerprint": "fp_44709d6fcb",
                 "choices": [
                   {"index": 0, "delta": {"content": "How are you?"}, "finish_reason": "stop"}
                 ]}
                """);
        List<ChatChunk> chunks = Collections.nCopies(loopAmount, chunk);

        ChatStream response = ChatStream.replay(chunks.iterator())
                .request(ChatRequest.of("gpt-3.5-turbo", "Hey"))
                .provider("cached_response")
                .callId("12345")
                .listener(new Logging())
                .open();

        int read = 0;
        try {
            for (ChatChunk _ : response) {
                read++;
            }
        } catch (InternalServerException e) {
            IO.println("After " + read + " chunks: " + e.getMessage());
        }
    }

    /** Is told when the call has ended, in whatever way. */
    private static final class Logging implements CallListener {
        @Override
        public void ended(CallRecord call) {
            IO.println(call);
        }
    }
}
