package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** Streams that break off: the client raises, and has what came before. None ends as if it were complete. */
class BrokenStreamsTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @EachClient
    void anErrorAfterSomeText(Client client) {
        Script script = begun().event(OpenAiScripts.errorBody("server_error", "overloaded", "The model is overloaded."))
                .build();
        JsonNode error = broken(client, script);
        assertThat(error.path("code").asString()).isEqualTo("overloaded");
        assertThat(error.path("type").asString()).isEqualTo("server_error");
        assertThat(error.path("message").asString()).contains("The model is overloaded.");
    }

    @EachClient
    void aConnectionClosedInTheMiddle(Client client) {
        isCut(broken(client, begun().flush().fin().build()));
    }

    /** Asked directly, all three would take this for the end. */
    @EachClient
    void aCleanEndWithoutFinishReasonOrMarker(Client client) {
        isCut(broken(client, begun().build()));
    }

    @EachClient
    void aClosedConnectionForTheLibrarysOwnAssembly(Client client) {
        try (Scene scene = Scene.of(client).answer(begun().build())) {
            isCut(scene.assemble().raised(Raised.IN_STREAM));
        }
    }

    @EachClient
    void aProviderThatFallsSilent(Client client) {
        try (Scene scene = Scene.with(client, "num_retries: 0, idle_timeout: 300ms")
                .answer(begun().hang().build())) {
            Outcome outcome = scene.stream();
            assertThat(outcome.text(0)).isEqualTo("Half an answer");
            assertThat(outcome.raised(Raised.IN_STREAM).path("code").asString()).isEqualTo("idle_timeout");
        }
    }

    @EachClient
    void aModelThatRepeatsItself(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(Script.sse()
                        .event(OpenAiScripts.roleChunk())
                        .repeat(100, again -> again.event(OpenAiScripts.contentChunk("again ")))
                        .event(OpenAiScripts.finishChunk("stop"))
                        .event("[DONE]")
                        .build())) {
            Outcome outcome = scene.stream();
            JsonNode error = outcome.raised(Raised.IN_STREAM);
            assertThat(error.path("code").asString()).isEqualTo("repeated_chunks");
            assertThat(outcome.finishReasons(0)).isEmpty();
        }
    }

    @EachClient
    void aClientThatLeaves(Client client) {
        try (Scene scene = Scene.of(client).answer(begun().hang().build())) {
            Outcome outcome = scene.run(scene.call("stream").stopAfter(2));
            assertThat(outcome.chunks()).hasSize(2);
            RecordedRequest request = scene.upstream().takeRequest(Scene.SOON);
            // The clock of the day, since the client may be another process.
            long ahead = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();
            Duration open = request.awaitDisconnect(Scene.SOON);
            long closed = TimeUnit.NANOSECONDS.toMillis(request.arrivedAt() + open.toNanos() + ahead);
            long after = closed - outcome.json("leftAt").asLong();
            ResultTable.note("%s leaves a stream: the provider's connection is closed %d ms later."
                    .formatted(client.title(), after));
            assertThat(Duration.ofMillis(after)).isLessThan(AT_ONCE);
            awaitLog(scene, "\"outcome\":\"caller_gone\"");
        }
    }

    private static void awaitLog(Scene scene, String words) {
        long end = System.nanoTime() + Scene.SOON.toNanos();
        while (!scene.log().contains(words)) {
            assertThat(System.nanoTime())
                    .as("%s in the log: %s", words, scene.log())
                    .isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
        }
    }

    private static ScriptBuilder begun() {
        return Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Half an "))
                .event(OpenAiScripts.contentChunk("answer"));
    }

    private static JsonNode broken(Client client, Script script) {
        try (Scene scene = Scene.of(client).answer(script)) {
            Outcome outcome = scene.stream();
            assertThat(outcome.text(0)).isEqualTo("Half an answer");
            assertThat(outcome.finishReasons(0)).isEmpty();
            return outcome.raised(Raised.IN_STREAM);
        }
    }

    private static void isCut(JsonNode error) {
        assertThat(error.path("code").asString()).isEqualTo("upstream_cut");
        assertThat(error.path("type").asString()).isEqualTo("upstream_error");
    }
}
