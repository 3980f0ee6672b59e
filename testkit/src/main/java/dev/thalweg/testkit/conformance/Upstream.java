package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import java.util.List;

/** The provider's side of a protocol: what its server answers, and a reader of what it was asked. Stateless. */
public interface Upstream {
    /** All of them. */
    static List<Upstream> all() {
        return List.of(
                new OpenAiUpstream(),
                new ResponsesUpstream(),
                new AnthropicUpstream(),
                new GeminiUpstream(),
                new BedrockUpstream(),
                new OllamaUpstream(),
                new CohereUpstream());
    }

    /** The protocol. */
    Protocol protocol();

    /** A model of this protocol's provider, which a gateway should ask for: one that reasons, where that matters. */
    String model();

    /** What a real provider of this protocol answers to this request; whether as a stream is for the request to say. */
    Script answer(Reply reply, RecordedRequest request);

    /**
     * What was asked, read from this protocol's spelling.
     *
     * @throws Malformed where a real provider would refuse the request
     */
    Ask received(RecordedRequest request);
}
