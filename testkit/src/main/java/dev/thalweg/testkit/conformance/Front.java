package dev.thalweg.testkit.conformance;

import java.util.List;

/** The caller's side of a protocol: what its clients send, and a strict reader of what they get. Stateless. */
public interface Front {
    /** All of them. */
    static List<Front> all() {
        return List.of(
                new OpenAiFront(),
                new ResponsesFront(),
                new AnthropicFront(),
                new GeminiFront(),
                new BedrockFront(),
                new OllamaFront(),
                new CohereFront());
    }

    /** The protocol. */
    Protocol protocol();

    /** The request that a client of this protocol sends. */
    Call call(Ask ask, String model, String key, boolean stream);

    /**
     * What a client of this protocol sees in an answer.
     *
     * @throws Malformed where the answer does not follow the protocol
     */
    Seen read(Answer answer, Ask ask, boolean stream);
}
