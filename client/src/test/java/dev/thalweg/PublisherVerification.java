package dev.thalweg;

import dev.thalweg.model.ChatChunk;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.Test;

/** What Reactive Streams demand of a publisher; run by {@link PublisherTckTest}. */
@Test
public class PublisherVerification extends FlowPublisherVerification<ChatChunk> {
    private static final String MODEL = "openai/gpt-4o-mini";
    private static final Pattern COUNT = Pattern.compile("chunks: (\\d+)");

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer(chunksAsAskedFor());
    private final Thalweg thalweg = Thalweg.builder()
            .environment(Map.of("OPENAI_API_KEY", "sk-test-1234567890", "OPENAI_BASE_URL", upstream.url()))
            .repeatedChunkLimit(0)
            .build();

    public PublisherVerification() {
        super(new TestEnvironment(1000, 100, false), 500);
    }

    private static Function<RecordedRequest, Script> chunksAsAskedFor() {
        return request -> {
            Matcher count = COUNT.matcher(request.bodyText());
            if (!count.find()) {
                return OpenAiScripts.error(400, "invalid_request_error", null, "Say how many.");
            }
            int chunks = Integer.parseInt(count.group(1));
            ScriptBuilder script = Script.sse();
            script.repeat(
                    chunks,
                    each -> each.event(OpenAiScripts.contentChunk("Hi ")).flush());
            return script.event("[DONE]").build();
        };
    }

    @AfterClass
    public void stop() {
        thalweg.close();
        upstream.close();
    }

    @Override
    public Flow.Publisher<ChatChunk> createFlowPublisher(long elements) {
        return thalweg.publish(MODEL, "chunks: " + Math.min(elements, Integer.MAX_VALUE));
    }

    @Override
    public Flow.Publisher<ChatChunk> createFailedFlowPublisher() {
        return thalweg.publish(MODEL, "fail");
    }

    @Override
    public void optional_spec105_emptyStreamMustTerminateBySignallingOnComplete() {
        throw new SkipException("An answer without any chunk is none: it ends with onError.");
    }
}
