package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Routes.deployment;
import static dev.thalweg.gateway.chat.Routes.withSpare;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A deployment that is slow to begin: another one is asked instead, or beside it. */
class SlowStartTest {
    private static final Script HI = OpenAiScripts.stream("Hi");

    private static Script late(Duration wait) {
        return Script.sse()
                .event(OpenAiScripts.roleChunk())
                .flush()
                .sleep(wait)
                .event(OpenAiScripts.contentChunk("late"))
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
    }

    /** What comes before content, and is none. */
    enum Prelude {
        NOTHING,
        ROLE,
        FILTER;

        Script andSilence() {
            return switch (this) {
                case NOTHING -> Script.hang();
                case ROLE ->
                    Script.sse().event(OpenAiScripts.roleChunk()).hang().build();
                case FILTER ->
                    Script.sse()
                            .event("{\"id\":\"\",\"object\":\"\",\"model\":\"\",\"choices\":[],"
                                    + "\"prompt_filter_results\":[{\"prompt_index\":0}]}")
                            .hang()
                            .build();
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoDoesNotBeginInTimeIsLeftForAnother(Prelude prelude) {
        try (var slow = ScriptedUpstream.start().always(prelude.andSilence());
                var spare = ScriptedUpstream.start().always(HI);
                var gateway = withSpare(slow, spare, "first_token_failover: 200ms")) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.text()).isEqualTo("Hi");
            assertThat(answer.head().header("x-thalweg-fallbacks")).contains("1");
            slow.awaitOpenConnections(0, Chats.SOON);
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("attempts").get(0).path("outcome").asString()).isEqualTo("stalled");
        }
    }

    @Test
    void theLastOneIsWaitedFor() {
        try (var slow = ScriptedUpstream.start().always(late(Duration.ofMillis(700)));
                var gateway = Routes.gateway(
                        "thalweg_settings: {num_retries: 0, first_token_failover: 200ms}",
                        deployment("gpt", "first", slow.url()))) {
            assertThat(ask(gateway, streamed()).text()).isEqualTo("late");
            assertThat(slow.requests()).hasSize(1);
        }
    }

    @Test
    void whoIsSlowAndHasAFallbackIsLeftAloneAfterAHandful() {
        try (var slow = ScriptedUpstream.start().always(Script.hang());
                var spare = ScriptedUpstream.start().always(HI);
                var gateway = withSpare(slow, spare, "first_token_failover: 100ms", "cooldown_time: 60")) {
            for (int i = 0; i < 8; i++) {
                assertThat(ask(gateway, streamed()).text()).isEqualTo("Hi");
            }
            assertThat(slow.requests()).hasSize(4);
        }
    }

    private static final String HEDGING = """
            router_settings: {num_retries: 0}
            thalweg_settings: {hedging: true, hedging_delay: 150ms}
            """;

    @Test
    void aSecondOneIsAskedBesideASlowOneAndTheLoserIsLetGo() {
        try (var slow = ScriptedUpstream.start().always(Script.hang());
                var quick = ScriptedUpstream.start().always(HI);
                var gateway = Routes.gateway(
                        HEDGING,
                        deployment("gpt", "slow", slow.url(), "order: 1"),
                        deployment("gpt", "quick", quick.url(), "order: 1", "weight: 0"))) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.text()).isEqualTo("Hi");
            assertThat(answer.head().header("x-thalweg-deployment")).contains("quick");
            assertThat(answer.head().header("x-thalweg-attempts")).contains("2");
            slow.awaitOpenConnections(0, Chats.SOON);
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("deployment").asString()).isEqualTo("quick");
            assertThat(row.path("attempts")).hasSize(2);
            assertThat(row.path("attempts").get(0).path("outcome").asString()).isEqualTo("hedged_out");
            Chats.settled(gateway);
        }
    }

    @Test
    void theFirstStillWinsWhereItSpeaksFirst() {
        try (var slow = ScriptedUpstream.start().always(late(Duration.ofMillis(500)));
                var slower = ScriptedUpstream.start().always(Script.hang());
                var gateway = Routes.gateway(
                        HEDGING,
                        deployment("gpt", "slow", slow.url()),
                        deployment("gpt", "slower", slower.url(), "weight: 0"))) {
            assertThat(ask(gateway, streamed()).text()).isEqualTo("late");
            assertThat(slower.requests()).hasSize(1);
            slower.awaitOpenConnections(0, Chats.SOON);
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("deployment").asString()).isEqualTo("slow");
            assertThat(row.path("attempts").get(1).path("outcome").asString()).isEqualTo("hedged_out");
        }
    }

    @Test
    void ofTwoSideBySideOneMayFail() {
        try (var slow = ScriptedUpstream.start().always(late(Duration.ofMillis(500)));
                var broken = ScriptedUpstream.start().always(Routes.BROKEN);
                var gateway = Routes.gateway(
                        HEDGING,
                        deployment("gpt", "slow", slow.url()),
                        deployment("gpt", "broken", broken.url(), "weight: 0"))) {
            assertThat(ask(gateway, streamed()).text()).isEqualTo("late");
            assertThat(broken.requests()).hasSize(1);
            Chats.settled(gateway);
        }
    }
}
