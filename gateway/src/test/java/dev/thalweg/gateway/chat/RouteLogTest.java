package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log says of deployments: one line when one is left alone, asked even so, and serving again. */
class RouteLogTest {
    private static final Logger LOG = Logger.getLogger("thalweg.routing");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            lines.add(record.getLevel() + " " + new SimpleFormatter().formatMessage(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(handler);
    }

    private static TestGateway gateway(ScriptedUpstream upstream, String model) {
        return TestGateway.of("""
                model_list:
                  - model_name: "%s"
                    params: {model: "openai/%s", api_base: "%s", api_key: sk-canary}
                    model_info: {id: azure-eu}
                thalweg_settings: {num_retries: 0}
                """.formatted(model, model.endsWith("*") ? "*" : "gpt-4o-mini", upstream.url()));
    }

    private static Script patience(int seconds) {
        return Script.status(429)
                .header("Content-Type", "application/json")
                .header("Retry-After", Integer.toString(seconds))
                .text(OpenAiScripts.errorBody("requests", "rate_limit_exceeded", "Slow down, sk-canary."))
                .build();
    }

    @Test
    void eachThingIsSaidOnceHoweverManyRequestsMeetIt() {
        try (var upstream = ScriptedUpstream.start();
                var gateway = gateway(upstream, "gpt")) {
            upstream.enqueue(patience(30)).enqueue(patience(40)).enqueue(patience(50));
            for (int i = 0; i < 3; i++) {
                ask(gateway, unary()).error(429);
            }
            upstream.always(OpenAiScripts.completion("Hi"));
            for (int i = 0; i < 3; i++) {
                assertThat(ask(gateway, unary()).status()).isEqualTo(200);
            }
            Chats.settled(gateway);
        }
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .matches("WARNING Deployment azure-eu of model gpt is left alone for (30\\.0|29\\.9) s:"
                        + " rate limit\\.");
        assertThat(lines.get(1))
                .matches("WARNING Deployment azure-eu of model gpt is asked though it is left alone"
                        + " \\(for (30\\.0|29\\.\\d) s more\\): nobody else can serve\\.");
        assertThat(lines.get(2)).isEqualTo("INFO Deployment azure-eu of model gpt serves again.");
    }

    @Test
    void aPatternIsNamedAsItIsConfiguredAndNotAsACallerSays() {
        try (var upstream = ScriptedUpstream.start().always(patience(30));
                var gateway = gateway(upstream, "any/*")) {
            ask(gateway, unary().replace("\"gpt\"", "\"any/canary\"")).error(429);
            Chats.settled(gateway);
        }
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).contains("of model any/* is left alone").doesNotContain("canary");
    }
}
