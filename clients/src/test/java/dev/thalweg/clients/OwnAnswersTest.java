package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers of text to providers' own clients, and what may be asked for. The answers are those of the conformance kit. */
class OwnAnswersTest {
    /** A pixel. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8BQDwAEgAF/" + "pooBPQAAAABJRU5ErkJggg==";

    private static final String SCRIPTS = "👩‍🚀 é שלום עולם a\u2028b\u2029c\u0085d\"\\/\n\r\t\u0001<&>…";

    @EachOwnPair
    void aText(Client client, Provider provider) {
        try (Scene scene = Scene.before(provider, client).reply("plain text")) {
            Told told = scene.ask();
            assertThat(told.text()).isEqualTo("Hello there.");
            assertThat(told.finish()).isEqualTo("stop");
            assertThat(told.reasoning()).isEmpty();
            assertThat(told.calls()).isEmpty();
            told.used(21, 8);
        }
    }

    @EachOwnPair
    void aStreamWithItsUsage(Client client, Provider provider) {
        try (Scene scene = Scene.before(provider, client).reply("plain text")) {
            Told told = scene.askStreamed();
            assertThat(told.texts()).containsExactly("Hello", " there", ".");
            assertThat(told.text()).isEqualTo("Hello there.");
            assertThat(told.finish()).isEqualTo("stop");
            if (client != Client.MISTRAL || provider == Provider.MISTRAL) {
                // Mistral sends it unasked. Its client cannot ask for it before others, who give it only where asked
                // for.
                told.used(21, 8);
            }
        }
    }

    @EachOwnPair
    void anAnswerCutByItsLimit(Client client, Provider provider) {
        String scenario = "finish by length";
        try (Scene scene = Scene.before(provider, client).reply(scenario).reply(scenario)) {
            String limit = "\"maxTokens\":17";
            for (Told told : new Told[] {scene.ask(limit), scene.askStreamed(limit)}) {
                assertThat(told.text()).isEqualTo("Hello");
                assertThat(told.finish()).isEqualTo("length");
                assertThat(scene.sent().toString()).contains(":17");
            }
        }
    }

    @EachOwnPair
    void everyScript(Client client, Provider provider) {
        String scenario = "emoji, right-to-left, separators, escapes";
        try (Scene scene = Scene.before(provider, client).reply(scenario).reply(scenario)) {
            assertThat(scene.ask().text()).isEqualTo(SCRIPTS);
            assertThat(scene.askStreamed().text()).isEqualTo(SCRIPTS);
        }
    }

    @EachOwnPair
    void structuredOutput(Client client, Provider provider) {
        try (Scene scene = Scene.before(provider, client).reply("structured output")) {
            assertThat(scene.ask("\"schema\":true").text()).isEqualTo("{\"city\":\"Bern\",\"degrees\":4}");
            assertThat(scene.sent().toString()).contains("\"properties\":{\"city\":{\"type\":\"string\"}}");
        }
    }

    @EachOwnPair
    void anImage(Client client, Provider provider) {
        try (Scene scene = Scene.before(provider, client).reply("plain text")) {
            assertThat(scene.ask("\"image\":\"" + PNG + "\"").text()).isEqualTo("Hello there.");
            assertThat(scene.sent().toString()).contains("Hello", PNG);
        }
    }

    /** Mistral's client drops the member in which reasoning comes in chat completions. */
    @EachOwnPair
    void reasoning(Client client, Provider provider) {
        Assumptions.assumeTrue(client != Client.MISTRAL, "it reads only what Mistral calls thinking");
        String scenario = "reasoning shown";
        try (Scene scene = Scene.before(provider, client).reply(scenario).reply(scenario)) {
            for (Told told : new Told[] {scene.ask("\"think\":true"), scene.askStreamed("\"think\":true")}) {
                assertThat(told.reasoning()).isEqualTo("Two and two.");
                assertThat(told.text()).isEqualTo("Four.");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "MISTRAL")
    void reasoningOfMistral(Client client) {
        String content =
                "\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"Two and two.\"}]},"
                        + "{\"type\":\"text\",\"text\":\"Four.\"}]";
        try (Scene scene = Scene.of(client)
                .answer(Frames.completion(content, "\"finish_reason\":\"stop\""))
                .answer(Frames.stream(Frames.delta(0, "{" + content + "}"), Frames.finish(0, "stop")))) {
            for (Told told : new Told[] {scene.ask("\"think\":true"), scene.askStreamed("\"think\":true")}) {
                assertThat(told.reasoning()).isEqualTo("Two and two.");
                assertThat(told.text()).isEqualTo("Four.");
                assertThat(scene.sent().path("reasoning_effort").asString()).isEqualTo("high");
            }
        }
    }

    /** Google's clients take nothing between the events, and get nothing. */
    @EachOwnPair
    void aLongThinkWithSignsOfLife(Client client, Provider provider) {
        try (Scene scene = Scene.before(provider, client, "num_retries: 0, stream_keep_alive: 100ms")
                .replyWithPause("plain text", Duration.ofMillis(350))) {
            Told told = scene.askStreamed();
            assertThat(told.texts()).containsExactly("Hello", " there", ".");
            assertThat(told.finish()).isEqualTo("stop");
        }
    }
}
